// The pages of what was: versions of a connection, and the audit log.

import type { FastifyRequest } from 'fastify'
import type { AuditEvent, Author } from '../audit/event.ts'
import type { Connection } from '../connections/connection.ts'
import { type ConnectionVersion, versionDifference } from '../connections/version.ts'
import { type AuditRow, auditEventPage, auditPage } from '../pages/admin-audit.ts'
import { type VersionRow, versionPage, versionsPage } from '../pages/admin-versions.ts'
import { Problem } from '../problem.ts'
import { telling } from './admin-notices.ts'
import { type Desk, go } from './admin-pages.ts'
import { textOf, versionIn } from './admin-pages-connections.ts'
import type { AuditDeps, EventQuery } from './audit.ts'
import { sendPage } from './send.ts'
import { fieldOf } from './setup-form.ts'

/** The verbs behind these pages. */
export interface HistoryPagesDeps extends Pick<AuditDeps, 'events' | 'versions' | 'version'> {
  connection: (id: string) => Promise<Connection | undefined>
  restore: (id: string, version: number, ifMatch: number | undefined, author: Author) => Promise<Connection>
}

const perPage = 50
const mostNumber = 2_147_483_646

/** Adds them. */
export function addHistoryPages({ read, change }: Desk, deps: HistoryPagesDeps): void {
  read('/admin/connections/:id/versions', async ({ view }, request, reply) => {
    const connection = await mustFind(deps, request)
    const { before } = request.query as { before?: unknown }
    const found = await deps.versions(connection.id, numberOf(before), perPage + 1)
    const rows = found.slice(0, perPage).map((one, at) => versionRow(one, found[at + 1]))
    const last = found.length > perPage ? rows.at(-1)?.version : undefined
    const next = last === undefined ? undefined : `/admin/connections/${connection.id}/versions?before=${last}`
    return sendPage(reply, versionsPage(view, connection, rows, next))
  })
  read('/admin/connections/:id/versions/:version', async ({ view }, request, reply) => {
    const connection = await mustFind(deps, request)
    const number = numberOf((request.params as { version: string }).version) ?? 0
    const [found, previous] = await deps.versions(connection.id, number + 1, 2)
    if (found?.version !== number) throw new Problem('not_found')
    const now = await deps.version(connection.id, connection.version)
    const undo = number === connection.version || !now ? undefined : versionDifference(now, found)
    return sendPage(reply, versionPage(view, connection, versionRow(found, previous), undo))
  })
  change('/admin/connections/:id/restore', async ({ author }, request, reply) => {
    const { id } = request.params as { id: string }
    await deps.restore(id, numberOf(fieldOf(request, 'restore')) ?? 0, versionIn(request), author)
    return go(reply, telling(`/admin/connections/${id}`, 'restored'))
  })
  read('/admin/audit', async ({ view }, { query }, reply) => {
    const given = query as Record<string, unknown>
    const filter = filterFrom(given)
    const trust = given['trust'] === 'true'
    const which = { ...filter, ...(trust ? { trust } : {}) }
    const found = await deps.events(which, numberOf(given['before']), perPage + 1)
    const rows = found.slice(0, perPage).map(auditRow)
    const last = found.length > perPage ? rows.at(-1)?.seq : undefined
    const search = { ...filter, ...(trust ? { trust: 'true' } : {}), before: String(last) }
    const next = last === undefined ? undefined : `/admin/audit?${new URLSearchParams(search)}`
    return sendPage(reply, auditPage(view, { rows, trust, filter, next }))
  })
  read('/admin/audit/:seq', async ({ view }, { params }, reply) => {
    const seq = numberOf((params as { seq: string }).seq) ?? 0
    const [found] = await deps.events({}, seq + 1, 1)
    if (found?.seq !== seq) throw new Problem('not_found')
    return sendPage(reply, auditEventPage(view, auditRow(found)))
  })
}

async function mustFind({ connection }: HistoryPagesDeps, { params }: FastifyRequest): Promise<Connection> {
  const found = await connection((params as { id: string }).id)
  if (!found) throw new Problem('connection_not_found')
  return found
}

function versionRow(one: ConnectionVersion, previous: ConnectionVersion | undefined): VersionRow {
  const { version, at, actor } = one
  return { version, at, actor, changed: previous && versionDifference(previous, one) }
}

function filterFrom(given: Record<string, unknown>): Pick<EventQuery, 'actor' | 'subject_id' | 'action'> {
  const names = ['actor', 'subject_id', 'action'] as const
  const texts = names.map(name => [name, textOf(given[name])] as const).filter(([, value]) => value !== undefined)
  return Object.fromEntries(texts)
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : undefined
  return number !== undefined && number <= mostNumber ? number : undefined
}

function auditRow({ subject_type, subject_id, trace_id, ...one }: AuditEvent): AuditRow {
  return { ...one, subjectType: subject_type, subjectId: subject_id, traceId: trace_id }
}
