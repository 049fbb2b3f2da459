import { getTranslations } from 'next-intl/server'
import { landingPagePath } from '@/lib/directory/landing-pages'
import { formatDate } from '@/lib/i18n/format-date'
import { languageNames } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { isCountry } from '@/lib/geo/countries'
import { languagesOf } from '@/lib/organisations/answer-language'
import type { PublicProfile } from '@/lib/organisations/public'
import { CONTACT_KINDS, type ContactKind } from '@/lib/organisations/schema'
import { displayUrl } from '@/lib/text/display-url'

type ProfileFactsProps = { locale: Locale; profile: PublicProfile }

/** The facts of a profile: place, languages, published contact details, dates. */
export async function ProfileFacts({ locale, profile }: ProfileFactsProps) {
  const t = await getTranslations()
  const { aliases, country, region, contact, confirmedAt, updatedAt } = profile
  const languages = languagesOf(profile.answers)
  const published = CONTACT_KINDS.flatMap((kind) => {
    const value = contact[kind]
    return value === undefined ? [] : [{ kind, value }]
  })
  return (
    <dl className="facts">
      {aliases.length === 0 ? null : (
        <div>
          <dt>{t('Profile.aliases')}</dt>
          {aliases.map((alias) => (
            <dd key={alias} dir="auto">
              {alias}
            </dd>
          ))}
        </div>
      )}
      {country !== null && isCountry(country) ? (
        <div>
          <dt>{t('Profile.country')}</dt>
          <dd>
            <a href={localePath(locale, landingPagePath({ kind: 'country', code: country }))}>
              {t(`Countries.${country}`)}
            </a>
          </dd>
        </div>
      ) : null}
      {region === null ? null : (
        <div>
          <dt>{t('Profile.region')}</dt>
          <dd>
            <a href={localePath(locale, landingPagePath({ kind: 'region', code: region }))}>
              {t(`Regions.${region}`)}
            </a>
          </dd>
        </div>
      )}
      {languages.length === 0 ? null : (
        <div>
          <dt>{t('Profile.languages')}</dt>
          <dd className="names">{languageNames(locale, languages)}</dd>
        </div>
      )}
      {published.length === 0 ? null : (
        <div>
          <dt>{t('Profile.contact')}</dt>
          {published.map(({ kind, value }) => (
            <dd key={kind}>
              <ContactLink kind={kind} value={value} />
            </dd>
          ))}
        </div>
      )}
      <div>
        <dt>{t('Profile.updated')}</dt>
        <dd>
          <Day locale={locale} date={updatedAt} />
        </dd>
      </div>
      <div>
        <dt>{t('Profile.confirmed')}</dt>
        <dd>
          {confirmedAt === null ? (
            t('Profile.notConfirmed')
          ) : (
            <Day locale={locale} date={confirmedAt} />
          )}
        </dd>
      </div>
    </dl>
  )
}

function Day({ locale, date }: { locale: Locale; date: string }) {
  return <time dateTime={date.slice(0, 10)}>{formatDate(locale, date)}</time>
}

const PREFIX = { email: 'mailto:', website: '', telephone: 'tel:' } as const

function ContactLink({ kind, value }: { kind: ContactKind; value: string }) {
  const target = kind === 'telephone' ? value.replaceAll(/[^+\d]/g, '') : value
  return (
    <a href={`${PREFIX[kind]}${target}`} rel="noreferrer noopener nofollow ugc" dir="ltr">
      {kind === 'website' ? displayUrl(value) : value}
    </a>
  )
}
