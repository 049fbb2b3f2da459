import type { BrowserContext } from '@playwright/test'
import { PROTECTED_DOORS } from './doors'

type Who = 'administrator' | 'awaiting' | 'unfinished' | 'stranger'

/** What `createDesk` has put into the database. */
export type Desk = {
  name: string
  id: string
  slug: string
  draftId: string
  draftSlug: string
  memberId: string
  strangerId: string
  proposalId: string
  proposalSecret: string
  passwordSecret: string
  cookies: Record<Who, string>
}

/** Lets a browser go on as somebody who has come so far. */
export async function become(context: BrowserContext, desk: Desk, who: Who | null): Promise<void> {
  await context.clearCookies()
  if (who === null) return
  await context.addCookies(
    desk.cookies[who].split('; ').map((pair) => {
      const at = pair.indexOf('=')
      const url = process.env['BASE_URL'] ?? ''
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
    }),
  )
}

/** Where a page of the protected part shows what it is for, by the file that answers it. */
const SHOWN: Record<string, { who: Who | null; at: (desk: Desk) => string }> = {
  'admin/page.tsx': { who: 'administrator', at: () => '/admin' },
  'admin/account/page.tsx': { who: 'administrator', at: () => '/admin/account' },
  'admin/audit/page.tsx': { who: 'administrator', at: () => '/admin/audit' },
  'admin/import/page.tsx': { who: 'administrator', at: () => '/admin/import' },
  'admin/organisations/[id]/page.tsx': of(''),
  'admin/organisations/[id]/erase/page.tsx': of('/erase'),
  'admin/organisations/[id]/history/page.tsx': of('/history?from=1&to=2'),
  'admin/organisations/[id]/preview/page.tsx': of('/preview'),
  'admin/organisations/[id]/proposal-link/page.tsx': of('/proposal-link'),
  'admin/organisations/[id]/status/page.tsx': of('/status'),
  'admin/organisations/change/page.tsx': {
    who: 'administrator',
    at: ({ id, draftId }) => `/admin/organisations/change?act=hide&id=${id}&id=${draftId}`,
  },
  'admin/organisations/new/page.tsx': {
    who: 'administrator',
    at: () => '/admin/organisations/new',
  },
  'admin/people/page.tsx': { who: 'administrator', at: () => '/admin/people' },
  'admin/people/[id]/page.tsx': {
    who: 'administrator',
    at: ({ memberId }) => `/admin/people/${memberId}`,
  },
  'admin/people/new/page.tsx': { who: 'administrator', at: () => '/admin/people/new' },
  'admin/proposals/page.tsx': { who: 'administrator', at: () => '/admin/proposals' },
  'admin/proposals/[proposalId]/page.tsx': {
    who: 'administrator',
    at: ({ proposalId }) => `/admin/proposals/${proposalId}`,
  },
  'admin/rights/page.tsx': { who: 'administrator', at: () => '/admin/rights' },
  'propose/[secret]/page.tsx': {
    who: null,
    at: ({ proposalSecret }) => `/propose/${proposalSecret}`,
  },
  'sign-in/page.tsx': { who: null, at: () => '/sign-in' },
  'sign-in/again/page.tsx': { who: 'administrator', at: () => '/sign-in/again' },
  'sign-in/code/page.tsx': { who: 'awaiting', at: () => '/sign-in/code' },
  'sign-in/factor/page.tsx': { who: 'unfinished', at: () => '/sign-in/factor' },
  'sign-in/forgotten/page.tsx': { who: null, at: () => '/sign-in/forgotten' },
  'sign-in/link/[secret]/page.tsx': {
    who: null,
    at: ({ passwordSecret }) => `/sign-in/link/${passwordSecret}`,
  },
}

function of(rest: string) {
  return {
    who: 'administrator' as const,
    at: ({ id }: Desk) => `/admin/organisations/${id}${rest}`,
  }
}

/** Every page of the protected part with who may see it; one that nobody has said this about throws. */
export const PROTECTED_PAGES = Object.keys(PROTECTED_DOORS)
  .filter((file) => file.endsWith('/page.tsx'))
  .map((file) => {
    const page = file.replace('app/[locale]/', '')
    const shown = SHOWN[page]
    if (!shown) throw new Error(`${file}: say in tests/support/desk.ts how it is reached`)
    return { page, ...shown }
  })
