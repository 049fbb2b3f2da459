import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { AdminFrame } from '@/components/admin/admin-frame'
import { UserForm } from '@/components/admin/user-form'
import { canAdmin } from '@/lib/permissions/permissions'
import { initialFormState } from '@/lib/forms/state'
import { pageTitle } from '../../../sign-in/sign-in-page'
import { requireUser, requireReauthenticationToOpen } from '../../require-user'
import { inviteUserAction } from '../actions'
import { userLabels } from '../user-labels'
import '../../../../styles/sign-in.css'

export async function generateMetadata() {
  return pageTitle((await getTranslations('Users'))('form.inviteTitle'))
}

/** The form that invites a user. */
export default async function NewUserPage() {
  const path = '/admin/people/new'
  const signedIn = await requireUser(path)
  if (!canAdmin(signedIn.actor, 'manageUsers')) notFound()
  await requireReauthenticationToOpen(signedIn, path)
  const locale = await getLocale()
  const t = await getTranslations('Users')
  return (
    <AdminFrame locale={locale} path={path} title={t('form.inviteTitle')} actor={signedIn.actor}>
      <UserForm
        action={inviteUserAction}
        state={initialFormState({ role: ['member'], locale: [locale] })}
        hasEmail
        {...await userLabels('submitInvite')}
      />
    </AdminFrame>
  )
}
