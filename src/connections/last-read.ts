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
// Milliseconds for which anybody waits where memory could answer, and for which nobody asks again after that was in vain.
const patience = 1_000
const retryAfter = 1_000

/** Opens the memory. `find` reads the database; where that is away it answers as it last read, if it did. */
export function openLastRead({ find, clock, onError }: LastReadDeps) {
  const known = new Map<string, Connection>()
  let failedAt = Number.NEGATIVE_INFINITY

  const read = async (id: string): Promise<Connection | undefined> => {
    const connection = await find(id)
    known.delete(id)
    if (connection) known.set(id, connection)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return connection
  }

  return {
    async find(id: string): Promise<Connection | undefined> {
      let connection = known.get(id)
      if (!connection) return read(id)
      if (Math.abs(clock().getTime() - failedAt) < retryAfter) return connection
      let cause: unknown = new Error('The database takes too long')
      const reading = read(id).then(
        found => {
          connection = found
          return true
        },
        error => {
          if (!isAway(error)) throw error
          cause = error
          return false
        },
      )
      if (await atMost(reading, patience)) return connection
      failedAt = clock().getTime()
      onError(cause)
      return connection
    },
  }
}

function isAway(error: unknown): boolean {
  return error instanceof Problem && error.code === 'unavailable'
}
