import { expect, test } from 'vitest'
import { attributes, visit } from '@/tests/support/html'
import { cookieHeader, createTestUser } from '@/tests/support/sign-in'

const SLUGS = [
  'solidarite-pour-les-droits-des-travailleuses-de-sexe',
  'fictional-translation-behind',
  'fictional-english-only',
  'union-ficticia-del-farol',
  'fictional-without-answers',
]

test('the preview is the public page, whole, in both languages and with both beside each other', async () => {
  const asked = { Cookie: cookieHeader(await createTestUser('administrator')) }
  const mainOf = async (address: string) => {
    const { status, body } = await visit(address, asked)
    expect([address, status]).toEqual([address, 200])
    const [main = ''] = /<main[\s\S]*<\/main>/.exec(body) ?? []
    // What the preview says of itself, and what programs read.
    const notShown =
      /<aside class="preview-bar"[\s\S]*?<\/aside>|<script[\s\S]*?<\/script>|<!--[\s\S]*?-->/g
    return main.replaceAll(notShown, '')
  }
  for (const slug of SLUGS) {
    const { document } = await visit(`/en/admin?q=${slug.replaceAll('-', '+')}`, asked)
    const [form] = attributes(document, '.admin-table tbody a', 'href')
    const own = new URL(form ?? '', process.env['BASE_URL']).pathname.replace(/^\/(fr|en)/, '')
    for (const l of ['fr', 'en']) {
      for (const view of ['', 'view=both']) {
        const preview = await mainOf(`/${l}${own}/preview?${view}`)
        const shown = await mainOf(`/${l}/organisations/${slug}?${view}`)
        expect(shown).toContain('<h1')
        expect(preview.replaceAll(`${own}/preview`, `/organisations/${slug}`)).toBe(shown)
      }
    }
  }
})
