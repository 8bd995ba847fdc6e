// Where a webhook may go: addresses of the public internet, and the networks that the operator names. Pure.

import { BlockList, isIPv4, isIPv6 } from 'node:net'

// What is not of the public internet (RFC 6890), and what clouds answer at outside of that.
const special = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]
// Only 2000::/3 is global, and of it not what holds an IPv4 address or is for examples.
const inside6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const special4 = listOf('ipv4', special)
const global6 = listOf('ipv6', ['2000::/3'])
const special6 = listOf('ipv6', inside6)

/** Whether an address, as text without brackets, is one of the public internet. What is no address is not. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address, 'ipv4')
  return isIPv6(address) && !address.includes('%') && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6')
}

function listOf(family: 'ipv4' | 'ipv6', cidrs: readonly string[]): BlockList {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [net = '', prefix] = cidr.split('/')
    list.addSubnet(net, Number(prefix), family)
  }
  return list
}
