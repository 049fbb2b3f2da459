import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { DeskFrame } from '@/components/desk/desk-frame'
import { KeptNotice } from '@/components/desk/kept-notice'
import { ProfileForm } from '@/components/desk/profile-form'
import { emptyContent, valuesOfNew } from '@/lib/profile/form'
import { keeperOf, readKeptForm } from '@/lib/profile/kept-forms'
import { resumeForm } from '@/lib/profile/resume'
import { discardTyped, keepTyped, saveForm } from '../[id]/actions'
import { requirePerson } from '../../require-person'

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
  const { actor } = await requirePerson(why === null ? PATH : `${PATH}?kept=${why}`)
  if (actor.role !== 'administrator' && actor.role !== 'editor') notFound()

  const kept = await readKeptForm(actor, null)
  const resumed =
    why === null || kept === null
      ? null
      : resumeForm(
          { values: { ...valuesOfNew(), ...kept.values }, version: null },
          { content: emptyContent(), version: null },
          null,
        )
  const serial = typeof query['n'] === 'string' ? query['n'] : ''
  return (
    <DeskFrame locale={locale} path={PATH} title={t('form.newTitle')} actor={actor}>
      {kept !== null && resumed === null ? (
        <KeptNotice
          locale={locale}
          id=""
          at={format.dateTime(kept.at, { dateStyle: 'long', timeStyle: 'short' })}
          path={PATH}
          discard={discardTyped}
        />
      ) : null}
      {resumed !== null && (why === 'session' || why === 'draft') ? (
        <p className="done" role="status">
          {t(`form.resumed.${why}`)}
        </p>
      ) : null}
      <ProfileForm
        key={serial}
        locale={locale}
        mode="save"
        profile={null}
        control={{ form: randomUUID(), keeper: keeperOf({ person: actor.id, organisation: null }) }}
        values={resumed?.values ?? valuesOfNew()}
        faults={resumed && why === 'faults' ? resumed.faults : []}
        refusal={resumed && why === 'denied' ? 'denied' : null}
        conflicts={[]}
        since={[]}
        save={saveForm}
        keep={keepTyped}
      />
    </DeskFrame>
  )
}
