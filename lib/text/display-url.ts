/** Letters that are taken for Latin ones. */
const LATIN_LOOKALIKES =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u

/**
 * How a website is written where it is shown: without `https://` and the slash at the end. A host that
 * mixes Latin letters with some that look the same is written as the network knows it (`xn--…`), so that
 * nobody takes it for another.
 *
 * @param address a web address as `profileContentSchema` takes it
 */
export function displayUrl(address: string): string {
  const [, host = '', rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/isu.exec(address) ?? []
  const isMixed = /\p{Script=Latin}/u.test(host) && LATIN_LOOKALIKES.test(host)
  const shown = host === '' ? address : (isMixed ? new URL(address).host : host) + rest
  return shown.replace(/\/$/, '')
}
