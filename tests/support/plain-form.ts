import { ask, type Answer } from './http'

/** A form of the site as it stands on its page, to be filled in and sent by whoever has no scripts. */
export type PlainForm = { address: string; hidden: [name: string, value: string][] }

const decoded = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')

/**
 * Reads the first form below the heading of a page. Throws where there is none.
 *
 * @param holding the first one that holds this markup
 */
export async function readForm(
  base: string | undefined,
  address: string,
  cookie = '',
  holding = '',
): Promise<PlainForm> {
  const { body } = await ask(base, address, { headers: { cookie } })
  const main = body.slice(Math.max(0, body.indexOf('<main')))
  const form = [...main.matchAll(/<form[^>]*>([^]*?)<\/form>/g)].find(([markup]) =>
    markup.includes(holding),
  )?.[1]
  if (form === undefined) throw new Error(`${address}: no form`)
  const hidden = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(
    ([input]): [string, string] => {
      const value = (name: string) =>
        decoded(new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? '')
      return [value('name'), value('value')]
    },
  )
  return { address, hidden }
}

/** Fills a form in and sends it. */
export async function sendForm(
  base: string | undefined,
  { address, hidden }: PlainForm,
  fields: Record<string, string>,
  cookie = '',
): Promise<Answer> {
  const form = new FormData()
  for (const [name, value] of [...hidden, ...Object.entries(fields)]) form.set(name, value)
  const encoded = new Response(form)
  return ask(base, address, {
    method: 'POST',
    headers: {
      cookie,
      origin: new URL(base ?? '').origin,
      'content-type': encoded.headers.get('content-type') ?? '',
    },
    body: await encoded.text(),
  })
}
