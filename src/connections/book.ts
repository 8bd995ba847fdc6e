// The address book at hand: connections with their keys parsed, kept in memory by version. A reader always names the version that
// the database holds, so what is handed out is never stale.

import type { Trust } from '../saml/response.ts'
import { trustedKey } from './certificate.ts'
import type { Connection } from './connection.ts'

/** A connection, ready to judge with. */
export interface ReadyConnection {
  connection: Connection
  keys: Trust['keys']
}

const most = 2000

/** Opens the book over `find`; `at` reads a connection only where memory does not hold that very version. */
export function openBook(find: (id: string) => Promise<Connection | undefined>) {
  const pages = new Map<string, ReadyConnection>()

  const read = async (id: string): Promise<ReadyConnection | undefined> => {
    const connection = await find(id)
    pages.delete(id)
    if (!connection) return undefined
    const page = { connection, keys: connection.certificates.map(trustedKey) }
    pages.set(id, page)
    const [oldest] = pages.keys()
    if (pages.size > most && oldest !== undefined) pages.delete(oldest)
    return page
  }

  return {
    /** The connection as the database has it at `version`. */
    async at(id: string, version: number): Promise<ReadyConnection | undefined> {
      const page = pages.get(id)
      return page?.connection.version === version ? page : read(id)
    },
    /** The connection as memory has it, or as the database has it. Whoever uses it must check its version. */
    async any(id: string): Promise<ReadyConnection | undefined> {
      return pages.get(id) ?? read(id)
    },
  }
}

/** Connections with their keys, by version. */
export type Book = ReturnType<typeof openBook>
