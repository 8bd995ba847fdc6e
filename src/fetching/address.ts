// Which addresses a document may be fetched from: those of the public internet. A table of what is not; pure.

import { BlockList, isIPv4, isIPv6 } from 'node:net'

// IANA special-purpose registries (RFC 6890), and what clouds serve their metadata at outside of those.
const v4: readonly [string, number][] = [
  ['0.0.0.0', 8], // this host
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier NAT; Alibaba's metadata
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // Azure's host
  ['169.254.0.0', 16], // link-local; metadata of AWS, Azure, Google
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocols; Oracle's metadata
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
]

// All of IPv6 but 2000::/3 is no global unicast: loopback, IPv4-mapped, NAT64, unique local, link-local, multicast.
const v6Global = blockList('ipv6', [['2000::', 3]])
const v6 = blockList('ipv6', [
  ['2001::', 23], // protocols: Teredo, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: an IPv4 address inside
  ['3fff::', 20], // documentation
])
const v4Special = blockList('ipv4', v4)
const v4Loopback = blockList('ipv4', [['127.0.0.0', 8]])

/** Whether an IP address, as text without brackets, is one of the public internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !v4Special.check(address, 'ipv4')
  if (!isIPv6(address) || address.includes('%')) return false
  return v6Global.check(address, 'ipv6') && !v6.check(address, 'ipv6')
}

/** Whether an IP address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || (isIPv4(address) && v4Loopback.check(address, 'ipv4'))
}

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family)
  return list
}
