// Who may stand in the line for the judging threads. Large messages cost the most, and anybody who begins a login can post one: so that
// nobody takes all the places, a login has one, an address a quarter of them, and a connection half.

import { Problem } from '../problem.ts'
import type { Asker } from './judgement.ts'

/** Opens `all` places. */
export function openPlaces(all: number) {
  const taken = new Map<string, number>()
  const count = (key: string) => taken.get(key) ?? 0
  const change = (keys: readonly string[], by: number) => {
    for (const key of keys) {
      const left = count(key) + by
      if (left > 0) taken.set(key, left)
      else taken.delete(key)
    }
  }
  return {
    /**
     * Does the work in a place of its own. Throws `too_many_requests` where the login has one already, `unavailable` where its
     * address or its connection has too many.
     */
    async within<T>({ login, address }: Asker, connectionId: string, work: () => Promise<T>): Promise<T> {
      const one = login ? [`login ${login.toString('hex')}`] : []
      const [from, at] = [`address ${network(address)}`, `connection ${connectionId}`]
      if (one.some(key => count(key) > 0)) throw new Problem('too_many_requests', { retryAfter: 1 })
      if (count(from) >= all / 4 || count(at) >= all / 2) throw new Problem('unavailable')
      const keys = [...one, from, at]
      change(keys, 1)
      try {
        return await work()
      } finally {
        change(keys, -1)
      }
    },
    /** How many keys are counted. */
    size: (): number => taken.size,
  }
}

/** An IPv4 address, or the first 64 bits of an IPv6 one: whoever has one of those has them all. */
export function network(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = [], tail] = address.split('::').map(part => part.split(':').filter(group => group !== ''))
  const zeros = tail ? Array.from({ length: 8 - head.length - tail.length }, () => '0') : []
  return [...head, ...zeros, ...(tail ?? [])].slice(0, 4).join(':')
}
