// The operator's doors to what was: the audit log, and the versions of a connection.

import type { FastifyRequest } from 'fastify'
import type { AuditEvent } from '../audit/event.ts'
import { type ConnectionVersion, snapshot, versionDifference } from '../connections/version.ts'
import { Problem } from '../problem.ts'
import { type AdminDeps, ifMatch, list, type PageQuery, tagged } from './admin.ts'
import { authorOf } from './author.ts'
import type { Doors } from './send.ts'

/** Which events are asked for. */
export interface EventQuery {
  subject_type?: string
  subject_id?: string
  actor?: string
  action?: string
  trust?: boolean
  since?: Date | undefined
}

/** The verbs behind these doors. `before`: an event or version of the page before. */
export interface AuditDeps {
  events: (which: EventQuery, before: number | undefined, limit: number) => Promise<AuditEvent[]>
  versions: (connectionId: string, before: number | undefined, limit: number) => Promise<ConnectionVersion[]>
  version: (connectionId: string, version: number) => Promise<ConnectionVersion | undefined>
  connections: Pick<AdminDeps['connections'], 'restore' | 'show' | 'get'>
}

/** The doors of the audit log and of versions. */
export function auditDoors({ events, versions, version, connections }: AuditDeps): Doors {
  const mustFind = async (request: FastifyRequest, number: number) => {
    const found = await version(idOf(request), number)
    if (!found) throw new Problem((await connections.get(idOf(request))) ? 'not_found' : 'connection_not_found')
    return found
  }
  return {
    listAuditEvents: (request, reply) => {
      const which = filterOf(request.query as Omit<EventQuery, 'since'> & { since?: string })
      const read = ({ cursor, limit }: PageQuery) => events(which, positionOf(cursor), limit)
      const door = list(
        read,
        event => event,
        event => String(event.seq),
      )
      return door(request, reply)
    },
    listConnectionVersions: async (request, reply) => {
      if (!(await connections.get(idOf(request)))) throw new Problem('connection_not_found')
      const read = ({ cursor, limit }: PageQuery) => versions(idOf(request), positionOf(cursor), limit)
      const line = ({ version, at, actor }: ConnectionVersion) => ({ version, at, actor })
      return list(read, line, one => String(one.version))(request, reply)
    },
    getConnectionVersion: async request => {
      const found = await mustFind(request, numberOf(request))
      const { diff } = request.query as { diff?: number }
      const shown = { version: found.version, at: found.at, actor: found.actor, ...snapshot(found) }
      if (diff === undefined) return shown
      const other = await mustFind(request, diff)
      return { ...shown, diff: { against: other.version, ...versionDifference(other, found) } }
    },
    restoreConnectionVersion: async (request, reply) => {
      const [id, number] = [idOf(request), numberOf(request)]
      const restored = await connections.restore(id, number, ifMatch(request), authorOf(request))
      return tagged(reply, restored.version).send(await connections.show(restored))
    },
  }
}

// RFC 3339 has a second that a clock does not: the 61st of a minute.
function filterOf({ since, ...which }: Omit<EventQuery, 'since'> & { since?: string }): EventQuery {
  const time = since === undefined ? undefined : new Date(since)
  if (time && Number.isNaN(time.getTime()))
    throw new Problem('invalid_request', { mistakes: [{ field: 'since', message: 'must be a time of the calendar.' }] })
  return { ...which, since: time }
}

function positionOf(cursor: string | undefined): number | undefined {
  return cursor === undefined ? undefined : Number(cursor)
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}

function numberOf(request: FastifyRequest): number {
  return (request.params as { version: number }).version
}
