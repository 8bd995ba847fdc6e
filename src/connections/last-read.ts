// Connections as they were last read: what our metadata is made of while the database is away. Never judged with.

import { Problem } from '../problem.ts'
import { atMost } from '../recent.ts'
import type { Connection } from './connection.ts'

/** What it may use; `onError` is told of a failed reading that memory could stand in for. */
export interface LastReadDeps {
  find: (id: string) => Promise<Connection | undefined>
  clock: () => Date
  onError: (error: unknown) => void
}

const most = 2000
// Milliseconds for which somebody waits where memory could answer, and for which nobody else does after that was in vain.
const patience = 1_000
const vain = 15_000

/** Opens the memory. `find` reads the database; where that is away it answers as it last read, if it did. */
export function openLastRead({ find, clock, onError }: LastReadDeps) {
  const known = new Map<string, Connection>()
  let vainAt = Number.NEGATIVE_INFINITY
  let probing = false

  const read = async (id: string): Promise<Connection | undefined> => {
    const connection = await find(id)
    vainAt = Number.NEGATIVE_INFINITY
    known.delete(id)
    if (connection) known.set(id, connection)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return connection
  }
  // Whether the database answered; any other failure is the caller's.
  const tried = (id: string): Promise<boolean> =>
    read(id).then(
      () => true,
      error => {
        if (!(error instanceof Problem) || error.code !== 'unavailable') throw error
        vainAt = clock().getTime()
        onError(error)
        return false
      },
    )

  const probe = async (id: string): Promise<void> => {
    probing = true
    await tried(id).catch(onError)
    probing = false
  }

  return {
    async find(id: string): Promise<Connection | undefined> {
      const last = known.get(id)
      if (!last) return read(id)
      if (Math.abs(clock().getTime() - vainAt) < vain) {
        if (!probing) void probe(id)
        return last
      }
      const answered = await atMost(tried(id), patience)
      if (!answered) vainAt = clock().getTime()
      return answered ? known.get(id) : last
    },
  }
}
