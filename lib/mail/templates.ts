import { env } from '@/lib/env'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'

/** What the mails say, by code; and which values each text takes. */
export type TemplateValues = {
  /** An account was made: where its password is set. */
  invitation: { name: string; link: string }
  /** A new password was asked for. */
  reset: { name: string; link: string }
  /** Somebody without an account may propose changes to one organisation. */
  proposalLink: { organisation: string; link: string }
  /** To those who review: something waits. */
  proposalReceived: { organisation: string; link: string }
  /** To whoever proposed; `message` is the reviewer's, and may be empty. */
  proposalAccepted: { organisation: string; message: string; link: string }
  proposalReturned: { organisation: string; message: string; link: string }
  proposalDeclined: { organisation: string; message: string }
}
export type Template = keyof TemplateValues

const TEMPLATES: Record<Template, true> = {
  invitation: true,
  reset: true,
  proposalLink: true,
  proposalReceived: true,
  proposalAccepted: true,
  proposalReturned: true,
  proposalDeclined: true,
}

/** Tells whether a text is the code of a mail. */
export function isTemplate(text: string): text is Template {
  return Object.hasOwn(TEMPLATES, text)
}

/**
 * Writes a mail: plain text, so that no value can be markup. Names are kept to one line, what a
 * person wrote is quoted line by line, and a link leads to this site or is left out: nobody can put
 * words into the mouth of the directory.
 *
 * @param values as they were queued; a missing one is empty, an unknown one is ignored
 */
export function renderMail(
  template: Template,
  locale: Locale,
  values: Readonly<Record<string, string>>,
): { subject: string; text: string } {
  const t = translator(locale, 'Mail')
  const site = env.SITE_NAME ?? translator(locale, 'Site')('title')
  const { link = '', message = '' } = values
  const words = {
    site,
    name: oneLine(values['name'] ?? ''),
    organisation: oneLine(values['organisation'] ?? ''),
    link: isSameOriginUrl(link) ? link : '',
    message: message.trim() === '' ? '' : `${t('theyWrote')}\n\n${quoteLines(message)}`,
  }
  // What a text has no value for leaves an empty paragraph.
  const body = t(`${template}.body`, words)
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()
  return {
    subject: oneLine(t(`${template}.subject`, words)),
    text: `${body}\n\n-- \n${site}\n${env.PUBLIC_ORIGIN}/${locale}\n`,
  }
}

/** Tells whether a link leads to this site: mails carry no other. */
export function isSameOriginUrl(link: string): boolean {
  return !/\s/.test(link) && URL.canParse(link) && new URL(link).origin === env.PUBLIC_ORIGIN
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

function quoteLines(text: string): string {
  const lines = text.trim().split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
  return lines.map((line) => `> ${oneLine(line)}`.trimEnd()).join('\n')
}
