import { isIPv4, isIPv6 } from 'node:net'

/**
 * The network that somebody asks from, as far as limits on attempts tell networks apart: /24 of an
 * IPv4 address (also where it comes as IPv6), /48 of an IPv6 address.
 *
 * @param address of the connection, as Node gives it; never what a client says about itself
 * @returns such as `203.0.113.0/24`; `unknown` where the connection has no address any more
 */
export function addressPrefix(address: string | undefined): string {
  const bare = address?.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
  if (isIPv4(bare)) return `${bare.split('.').slice(0, 3).join('.')}.0/24`
  if (!isIPv6(bare)) return 'unknown'
  const [head = '', tail] = bare.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const before = groups(head)
  // The first three groups are the whole prefix; `::` stands for as many zeros as are missing.
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - groups(tail).length)
  const all = [...before, ...Array<string>(zeros).fill('0'), ...groups(tail ?? '')]
  const prefix = all.slice(0, 3).map((group) => parseInt(group, 16).toString(16))
  return `${prefix.join(':')}::/48`
}
