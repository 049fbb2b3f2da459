import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * The subnet of a client, by which limits tell clients apart: /24 of an IPv4 address (also if it is
 * mapped to IPv6), /48 of an IPv6 address.
 *
 * @param address as `clientIp` gives it; never what a client says about itself
 * @returns such as `203.0.113.0/24`; `unknown` if the connection has no address any more
 */
export function subnetOf(address: string | undefined): string {
  const bare = bareAddress(address)
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

/** Proxies whose `X-Forwarded-For` is believed. */
export type TrustedProxies = { has: (address: string | undefined) => boolean }

/**
 * Reads a list of addresses and networks.
 *
 * @param list such as `127.0.0.1, 10.0.0.0/8, fd00::/8`; empty: nobody is trusted
 */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  const trusted = new BlockList()
  for (const entry of list) {
    const [address = '', bits] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(bits), family)
  }
  return {
    has(address) {
      const bare = bareAddress(address)
      if (isIPv4(bare)) return trusted.check(bare, 'ipv4')
      return isIPv6(bare) && trusted.check(bare, 'ipv6')
    },
  }
}

/**
 * The address that a request comes from: that of the connection, or, if that is a trusted proxy, the last
 * address of `X-Forwarded-For` that is not one. Anything before it in the header may be made up.
 *
 * @param connection address of the connection, as Node gives it
 * @param forwardedFor the header; of several, Node gives one with commas
 */
export function clientIp(
  connection: string | undefined,
  forwardedFor: string | undefined,
  trusted: TrustedProxies,
): string | undefined {
  if (!trusted.has(connection) || forwardedFor === undefined) return connection
  const hops = forwardedFor.split(',').map((hop) => hop.trim())
  const client = hops.findLast((hop) => !trusted.has(hop))
  // An unreadable address from a trusted proxy is ignored.
  return client !== undefined && (isIPv4(bareAddress(client)) || isIPv6(bareAddress(client)))
    ? client
    : connection
}

function bareAddress(address: string | undefined): string {
  return address?.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
}
