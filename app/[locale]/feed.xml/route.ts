import { Feed } from 'feed'
import { hasLocale } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { filterLabels } from '@/components/directory/filter-labels'
import { filtersToQuery, parseFilters } from '@/lib/directory/filters'
import { findProfilesPage } from '@/lib/directory/queries'
import { env } from '@/lib/env'
import { languageName } from '@/lib/i18n/language-name'
import { escapeXml, stripInvalidXml } from '@/lib/text/escape-xml'
import { routing } from '@/lib/i18n/routing'
import { pickAnswer } from '@/lib/organisations/answer-language'
import { splitParagraphs } from '@/lib/text/paragraphs'
import type { PublicAnswer } from '@/lib/organisations/public'

/**
 * The latest organisations as an Atom feed, each in the reader's language where it has one: of the
 * whole directory, or of what the filters leave. A filter that cannot be used is refused: whoever
 * follows a part would otherwise be sent everything.
 */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ locale: string }> },
): Promise<Response> {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) return new Response(null, { status: 404 })
  const t = await getTranslations({ locale, namespace: 'Feed' })
  const profileWords = await getTranslations({ locale, namespace: 'Profile' })
  const { filters: asked, ignored } = parseFilters(request.nextUrl.searchParams)
  if (ignored.length > 0) return new Response(null, { status: 400 })
  const filters = { ...asked, sort: 'newest' as const, page: 1 }
  const { profiles } = await findProfilesPage(filters)
  const home = `${env.PUBLIC_ORIGIN}/${locale}`
  const query = filtersToQuery(asked)
  const self = `${home}/feed.xml${filtersToQuery(asked, { sort: 'relevance' })}`
  const words = filterLabels(locale, asked).map(({ name }) => name)
  const title = stripInvalidXml([env.SITE_NAME ?? t('title'), ...words].join(' – '))
  const feed = new Feed({
    id: self,
    title,
    description: t('description'),
    link: words.length === 0 ? home : `${home}/organisations${query}`,
    feedLinks: { atom: self },
    language: locale,
    generator: title,
    updated: new Date(
      Math.max(0, ...profiles.map(({ updatedAt }) => new Date(updatedAt).getTime())),
    ),
  })
  const note = ({ language }: PublicAnswer) =>
    language === 'und'
      ? languageName(locale, language)
      : profileWords('notTranslated', { language: languageName(locale, language) })
  for (const profile of profiles) {
    const link = `${home}/organisations/${profile.slug}`
    const read = pickAnswer(profile.answers.who, locale)
    feed.addItem({
      id: link,
      link,
      title: escapeXml(profile.name),
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
  const tag = language === 'und' ? '' : escapeXml(language)
  const paragraphs = lines.map((line) => `<p>${escapeXml(line)}</p>`).join('')
  const said = note === null ? '' : `<p><small>${escapeXml(note)}</small></p>`
  return `${said}<div lang="${tag}" dir="auto">${paragraphs}</div>`
}
