import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DeskFrame } from '@/components/admin/admin-frame'
import { PersonForm } from '@/components/admin/user-form'
import { mayAtDesk } from '@/lib/permissions/permissions'
import { freshForm } from '@/lib/forms/state'
import { signInTitle } from '../../../sign-in/sign-in-page'
import { requirePerson, requireSudoToOpen } from '../../require-user'
import { inviteAction } from '../actions'
import { personWords } from '../user-labels'
import '../../../../styles/sign-in.css'

export async function generateMetadata() {
  return signInTitle((await getTranslations('People'))('form.inviteTitle'))
}

/** Gives somebody an account. */
export default async function NewPerson() {
  const path = '/admin/people/new'
  const signedIn = await requirePerson(path)
  if (!mayAtDesk(signedIn.actor, 'managePeople')) notFound()
  await requireSudoToOpen(signedIn, path)
  const locale = await getLocale()
  const t = await getTranslations('People')
  return (
    <DeskFrame locale={locale} path={path} title={t('form.inviteTitle')} actor={signedIn.actor}>
      <PersonForm
        action={inviteAction}
        state={freshForm({ role: ['member'], locale: [locale] })}
        hasEmail
        {...await personWords('submitInvite')}
      />
    </DeskFrame>
  )
}
