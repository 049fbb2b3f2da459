import Page from '../../page'

export const dynamic = 'force-static'

/** The same page, which Next makes once and keeps. */
export default async function CachedPage({ params }) {
  const { words } = await params
  return <Page searchParams={Promise.resolve({ words, number: '1' })} />
}
