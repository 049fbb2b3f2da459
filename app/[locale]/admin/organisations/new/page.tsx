import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { DeskFrame } from '@/components/admin/admin-frame'
import { KeptNotice } from '@/components/admin/draft-notice'
import { ProfileForm } from '@/components/admin/profile-form'
import { localePath } from '@/lib/i18n/navigation'
import { emptyContent, valuesOfNew } from '@/lib/editing/profile-form'
import { chooseKept, keeperOf, readKeptForms } from '@/lib/editing/drafts'
import { resumeForm } from '@/lib/editing/rebase-draft'
import { requirePerson } from '../../require-user'

type NewProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const PATH = '/admin/organisations/new'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Desk')
  return { title: `${t('form.newTitle')} – ${t('frame.name')}` }
}

export default async function NewPage({ searchParams }: NewProps) {
  const [query, locale] = await Promise.all([searchParams, getLocale()])
  const [t, format] = await Promise.all([getTranslations('Desk'), getFormatter()])
  const why = typeof query['kept'] === 'string' ? query['kept'] : null
  const form = typeof query['form'] === 'string' ? query['form'] : ''
  const asked = why === null ? '' : `?${new URLSearchParams({ kept: why, form }).toString()}`
  const { actor } = await requirePerson(PATH + asked)
  if (actor.role !== 'administrator' && actor.role !== 'editor') notFound()

  const allKept = await readKeptForms(actor, null)
  const kept = why === null ? null : chooseKept(allKept, form)
  const resumed =
    kept === null
      ? null
      : resumeForm(
          { values: { ...valuesOfNew(), ...kept.values }, version: null },
          { content: emptyContent(), version: null },
          null,
        )
  const serial = typeof query['n'] === 'string' ? query['n'] : ''
  return (
    <DeskFrame locale={locale} path={PATH} title={t('form.newTitle')} actor={actor}>
      <KeptNotice
        locale={locale}
        id=""
        kept={allKept
          .filter((one) => one !== kept)
          .map((one) => ({
            form: one.form,
            at: format.dateTime(one.at, { dateStyle: 'long', timeStyle: 'short' }),
          }))}
        path={PATH}
      />
      {resumed !== null && (why === 'session' || why === 'draft') ? (
        <p className="done" role="status">
          {t(`form.resumed.${why}`)}
        </p>
      ) : null}
      <ProfileForm
        key={serial}
        locale={locale}
        mode="save"
        address={localePath(locale, '/admin/organisations/save')}
        profile={null}
        control={{
          id: '',
          form: randomUUID(),
          follows: kept?.form ?? '',
          keeper: keeperOf({ person: actor.id, organisation: null }),
        }}
        values={resumed?.values ?? valuesOfNew()}
        faults={resumed && why === 'faults' ? resumed.faults : []}
        refusal={resumed && why === 'denied' ? t('form.refusal.denied') : null}
        conflicts={[]}
        since={[]}
      />
    </DeskFrame>
  )
}
