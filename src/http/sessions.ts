// The operator's doors to the guest book, and the feed that tells backends which sessions were ended.

import type { FastifyRequest } from 'fastify'
import type { Author } from '../audit/event.ts'
import { type Mistake, Problem } from '../problem.ts'
import { type Session, type SessionFilter, showSession } from '../sessions/session.ts'
import type { Feed } from '../tokens/revocations.ts'
import { list, type PageQuery } from './admin.ts'
import { authorOf } from './author.ts'
import type { Doors } from './send.ts'

/** The verbs behind these doors. */
export interface SessionDeps {
  list: (which: SessionFilter, page: PageQuery) => Promise<Session[]>
  end: (which: SessionFilter, author: Author) => Promise<string[]>
  feed: () => Promise<Feed>
}

/** How long whatever stands between may keep the feed, in seconds. */
const feedMaxAge = 5

/** The doors of sessions. */
export function sessionDoors({ list: read, end, feed }: SessionDeps): Doors {
  return {
    listSessions: list(
      page => read(filterOf(page), page),
      showSession,
      one => one.sid,
    ),
    getSession: async request => {
      const [found] = await read({ sid: sidOf(request) }, { limit: 1 })
      if (!found) throw new Problem('not_found')
      return showSession(found)
    },
    endSession: async (request, reply) => {
      if ((await end({ sid: sidOf(request) }, authorOf(request))).length === 0) throw new Problem('not_found')
      return reply.code(204).send()
    },
    endSessions: async request => ({ ended: (await end(requireFilter(request), authorOf(request))).length }),
    revokedSessions: async (request, reply) => {
      const { jws, etag } = await feed()
      reply.headers({ etag, 'cache-control': `public, max-age=${feedMaxAge}`, 'access-control-allow-origin': '*' })
      if (request.headers['if-none-match']?.split(/,\s*/).includes(etag)) return reply.code(304).send()
      return reply.type('application/jwt').send(jws)
    },
  }
}

function sidOf(request: FastifyRequest): string {
  return (request.params as { sid: string }).sid
}

const filters = ['sub', 'tenant', 'connection', 'client'] as const

function filterOf({ sub, tenant, connection, client }: PageQuery): SessionFilter {
  return { sub, tenant, connection_id: connection, client_id: client }
}

// A filter that is misspelt must not end more than was meant, and none at all must not end everything.
function requireFilter({ query }: FastifyRequest): SessionFilter {
  const names = Object.keys(query as object)
  const mistakes: Mistake[] = names
    .filter(name => !filters.some(known => known === name))
    .map(field => ({ field, message: `is no filter: use ${filters.join(', ')}.` }))
  if (names.length === 0) mistakes.push({ field: filters[0], message: `or ${filters.slice(1).join(', ')} is needed.` })
  if (mistakes.length > 0) throw new Problem('invalid_request', { mistakes })
  return filterOf(query as PageQuery)
}
