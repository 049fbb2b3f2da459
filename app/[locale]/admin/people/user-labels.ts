import { getLocale, getTranslations } from 'next-intl/server'
import { ROLES } from '@/lib/permissions/permissions'
import { catalogs } from '@/lib/i18n/catalogs'
import { localePath } from '@/lib/i18n/navigation'
import { routing } from '@/lib/i18n/routing'
import { REGIONS } from '@/lib/geo/regions'
import { reauthLabels } from '../reauth-labels'

/** Labels, choices and error messages of the form about a user. */
export async function userLabels(submit: 'submitInvite' | 'submitChange') {
  const locale = await getLocale()
  const t = await getTranslations('Users')
  const regions = await getTranslations('Regions')
  return {
    locales: routing.locales.map((one) => ({
      value: one,
      label: catalogs[one].Site.languageName,
    })),
    roles: [...ROLES].reverse().map((role) => ({ value: role, label: t(`roles.${role}`) })),
    regions: REGIONS.map((region) => ({ value: region, label: regions(region) })),
    labels: {
      name: t('form.name'),
      email: t('form.email'),
      locale: t('form.locale'),
      role: t('form.role'),
      regions: t('form.regions'),
      regionsHint: t('form.regionsHint'),
      organisations: t('form.organisations'),
      organisationsHint: t('form.organisationsHint'),
      languages: t('form.languages'),
      languagesHint: t('form.languagesHint'),
      submit: t(`form.${submit}`),
      summary: t('summary'),
    },
    messages: {
      denied: t('errors.denied'),
      notFound: t('errors.notFound'),
      lastAdministrator: t('errors.lastAdministrator'),
      exists: t('errors.exists'),
      unknownOrganisation: t('errors.unknownOrganisation'),
      missing: t('errors.missing'),
      tooLong: t('errors.tooLong'),
      unsafe: t('errors.unsafe'),
      noEmail: t('errors.noEmail'),
      unknown: t('errors.unknown'),
      notSignedIn: t('errors.notSignedIn'),
    },
    again: await reauthLabels(),
    invited: {
      // The form replaces `{name}`.
      title: t('link.title', { name: '{name}' }),
      body: t('link.body'),
      mailed: t('link.mailed'),
      back: t('link.back'),
      href: localePath(locale, '/admin/people'),
    },
  }
}
