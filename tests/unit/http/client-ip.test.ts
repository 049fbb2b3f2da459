import { describe, expect, test } from 'vitest'
import { clientIp, subnetOf, trustedProxies } from '@/server/http/client-ip'

describe('the subnet of an address', () => {
  test.each([
    ['203.0.113.9', '203.0.113.0/24'],
    ['::ffff:203.0.113.9', '203.0.113.0/24'],
    ['127.0.0.1', '127.0.0.0/24'],
    ['2001:db8:12:3456::1', '2001:db8:12::/48'],
    ['2001:0db8:0012:ffff:ffff:ffff:ffff:ffff', '2001:db8:12::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    [undefined, 'unknown'],
    ['nonsense', 'unknown'],
  ])('%s is %s', (address, prefix) => {
    expect(subnetOf(address)).toBe(prefix)
  })
})

describe('the address of a client', () => {
  const proxies = trustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8'])

  test.each([
    ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '192.0.2.66, 198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
    ['fd00::1', '2001:db8::5', '2001:db8::5'],
    ['127.0.0.1', '10.1.2.3', '127.0.0.1'],
    ['127.0.0.1', 'unknown', '127.0.0.1'],
    ['127.0.0.1', '198.51.100.1, <script>', '127.0.0.1'],
    ['127.0.0.1', '', '127.0.0.1'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    [undefined, '198.51.100.1', undefined],
  ])('by %s, forwarded for %s: %s', (connection, forwardedFor, client) => {
    expect(clientIp(connection, forwardedFor, proxies)).toBe(client)
  })

  test('is the connection where nobody is trusted', () => {
    expect(clientIp('127.0.0.1', '198.51.100.1', trustedProxies([]))).toBe('127.0.0.1')
  })
})
