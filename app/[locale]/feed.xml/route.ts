import { Feed } from 'feed'
import { hasLocale } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { newestProfiles } from '@/lib/directory/queries'
import { env } from '@/lib/env'
import { languageName } from '@/lib/i18n/language-name'
import { escapeMarkup } from '@/lib/i18n/markup'
import { routing } from '@/lib/i18n/routing'
import { readAnswer } from '@/lib/profile/answers'
import { splitParagraphs } from '@/lib/profile/paragraphs'
import type { PublicAnswer } from '@/lib/profile/public'

const ENTRIES = 30

/** The latest organisations as an Atom feed, each in the reader's language where it has one. */
export async function GET(
  _request: NextRequest,
  { params }: { params: Promise<{ locale: string }> },
): Promise<Response> {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) return new Response(null, { status: 404 })
  const t = await getTranslations({ locale, namespace: 'Feed' })
  const words = await getTranslations({ locale, namespace: 'Profile' })
  const profiles = await newestProfiles(ENTRIES)
  const home = `${env.PUBLIC_ORIGIN}/${locale}`
  const title = env.SITE_NAME ?? t('title')
  const feed = new Feed({
    id: `${home}/feed.xml`,
    title,
    description: t('description'),
    link: home,
    feedLinks: { atom: `${home}/feed.xml` },
    language: locale,
    generator: title,
    updated: new Date(
      Math.max(0, ...profiles.map(({ updatedAt }) => new Date(updatedAt).getTime())),
    ),
  })
  const note = ({ language }: PublicAnswer) =>
    language === 'und'
      ? languageName(locale, language)
      : words('notTranslated', { language: languageName(locale, language) })
  for (const profile of profiles) {
    const link = `${home}/organisations/${profile.slug}`
    const read = readAnswer(profile.answers.who, locale)
    feed.addItem({
      id: link,
      link,
      title: escapeMarkup(profile.name),
      date: new Date(profile.updatedAt),
      ...(read
        ? { description: summary(read.answer, read.fallback ? note(read.answer) : null) }
        : {}),
    })
  }
  return new Response(feed.atom1(), {
    headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' },
  })
}

/** The words of an organisation as HTML, in their own language; `note` says that it is another one. */
function summary({ language, text }: PublicAnswer, note: string | null): string {
  const lines = splitParagraphs(text).flatMap((paragraph) =>
    paragraph.kind === 'text' ? [paragraph.text] : paragraph.items,
  )
  const tag = language === 'und' ? '' : escapeMarkup(language)
  const paragraphs = lines.map((line) => `<p>${escapeMarkup(line)}</p>`).join('')
  const said = note === null ? '' : `<p><small>${escapeMarkup(note)}</small></p>`
  return `${said}<div lang="${tag}" dir="auto">${paragraphs}</div>`
}
