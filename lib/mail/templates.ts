import { env } from '@/lib/env'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'

/** The mail templates by code, each with the values that its text takes. */
export type TemplateValues = {
  /** To a new user: where to choose a password. */
  invitation: { name: string; link: string }
  /** To a user who requested a new password. */
  reset: { name: string; link: string }
  /** To someone without an account: where to propose changes to one organisation. */
  proposalLink: { organisation: string; link: string }
  /** To reviewers: a proposal is waiting. */
  proposalReceived: { organisation: string; link: string }
  /** To the author of a proposal; `message` is the reviewer's and may be empty. */
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

/** Tells whether a text is the code of a template. */
export function isTemplate(text: string): text is Template {
  return Object.hasOwn(TEMPLATES, text)
}

/**
 * Renders a mail as plain text, so that no value can be markup. Names are reduced to one line, messages of
 * people are quoted line by line, and links to other sites are left out: nobody can make the directory
 * appear to say something.
 *
 * @param values as queued; a missing value is empty, an unknown one is ignored
 */
export function renderMail(
  template: Template,
  locale: Locale,
  values: Readonly<Record<string, string>>,
): { subject: string; text: string } {
  const t = translator(locale, 'Mail')
  const site = env.SITE_NAME ?? translator(locale, 'Site')('title')
  const { link = '', message = '' } = values
  const parameters = {
    site,
    name: oneLine(values['name'] ?? ''),
    organisation: oneLine(values['organisation'] ?? ''),
    link: isSameOriginUrl(link) ? link : '',
    message: message.trim() === '' ? '' : `${t('theyWrote')}\n\n${quoteLines(message)}`,
  }
  // An empty value leaves an empty paragraph in the text.
  const body = t(`${template}.body`, parameters)
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()
  return {
    subject: oneLine(t(`${template}.subject`, parameters)),
    text: `${body}\n\n-- \n${site}\n${env.PUBLIC_ORIGIN}/${locale}\n`,
  }
}

/** Tells whether a URL leads to this site (`PUBLIC_ORIGIN`). */
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
