// The operator's doors to what a connection makes of people: its own examples, and any attributes that somebody wants to try.

import type { Connection } from '../connections/connection.ts'
import { type Example, failuresOf, tryAttributes } from '../connections/example.ts'
import { Problem } from '../problem.ts'
import { idOf } from './admin.ts'
import type { Doors } from './send.ts'

/** The doors of a connection's tests. Nothing is changed, kept or recorded by them. */
export function exampleDoors(get: (id: string) => Promise<Connection | undefined>): Doors {
  const find = async (id: string) => {
    const connection = await get(id)
    if (!connection) throw new Problem('connection_not_found')
    return connection
  }
  return {
    listConnectionTests: async request => {
      const connection = await find(idOf(request))
      const items = connection.tests.map(one => ({ ...one, failures: failuresOf(one, connection) }))
      return { items, passed: items.every(one => one.failures.length === 0) }
    },
    tryConnection: async request => {
      const { attributes } = request.body as Pick<Example, 'attributes'>
      const person = tryAttributes(attributes, await find(idOf(request)))
      if (!(person instanceof Problem)) {
        const { claims, sources, grants } = person
        return { outcome: 'accepted', code: null, detail: null, claims, sources, grants }
      }
      const { code, detail = null } = person
      return { outcome: 'refused', code, detail, claims: {}, sources: {}, grants: {} }
    },
  }
}
