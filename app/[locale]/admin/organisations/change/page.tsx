import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { AdminFrame } from '@/components/admin/admin-frame'
import { localePath } from '@/lib/i18n/navigation'
import { ADMIN_PAGE_SIZE } from '@/lib/admin/filters'
import { namesVisibleTo } from '@/lib/admin/queries'
import { requireUser } from '../../require-user'
import { changeSeveral } from './actions'

type ChangeProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Admin')
  return { title: `${t('change.title')} – ${t('frame.name')}` }
}

/** Names what is about to be hidden or listed together, and asks. */
export default async function ChangePage({ searchParams }: ChangeProps) {
  const [query, locale, t] = await Promise.all([
    searchParams,
    getLocale(),
    getTranslations('Admin'),
  ])
  const act = query['act'] === 'list' ? 'list' : 'hide'
  const asked = [query['id'] ?? []].flat().slice(0, ADMIN_PAGE_SIZE)
  const said = new URLSearchParams([['act', act], ...asked.map((id) => ['id', id])])
  const path = `/admin/organisations/change?${said.toString()}`
  const { actor } = await requireUser(path)
  const named = await namesVisibleTo(actor, asked)
  return (
    <AdminFrame locale={locale} path={path} title={t(`change.${act}.title`)} actor={actor}>
      {named.length === 0 ? (
        <p>{t('change.none')}</p>
      ) : (
        <form action={changeSeveral}>
          <p>{t(`change.${act}.lead`, { count: named.length })}</p>
          <ul className="named">
            {named.map(({ id, name, status }) => (
              <li key={id}>
                <input type="hidden" name="id" value={id} />
                <span dir="auto">{name}</span> <small>{t(`state.${status}`)}</small>
              </li>
            ))}
          </ul>
          <input type="hidden" name="act" value={act} />
          <input type="hidden" name="locale" value={locale} />
          <p className="buttons">
            <button>{t(`change.${act}.confirm`, { count: named.length })}</button>
            <a href={localePath(locale, '/admin')}>{t('change.cancel')}</a>
          </p>
        </form>
      )}
    </AdminFrame>
  )
}
