// The pages of connections: all of them with the worst first, and one.

import type { FastifyRequest } from 'fastify'
import type { Author } from '../audit/event.ts'
import type { Connection } from '../connections/connection.ts'
import {
  ailments,
  type Health,
  type HealthPage,
  type HealthState,
  healthStates,
  successRate,
} from '../connections/health.ts'
import type { HealthQuery } from '../connections/health-store.ts'
import { providers } from '../connections/provider.ts'
import type { showConnection } from '../connections/show.ts'
import type { UnknownSigner } from '../connections/unknown-signer.ts'
import { daysLeft } from '../connections/warning.ts'
import { connectionPage } from '../pages/admin-connection.ts'
import { type OverviewRow, overviewPage } from '../pages/admin-overview.ts'
import { Problem } from '../problem.ts'
import type { SessionFilter } from '../sessions/session.ts'
import { telling } from './admin-notices.ts'
import { type AdminScene, type Desk, go } from './admin-pages.ts'
import type { AttemptPagesDeps } from './admin-pages-attempts.ts'
import { attemptRow } from './admin-pages-attempts.ts'
import type { PeoplePagesDeps } from './admin-pages-people.ts'
import { sessionRow } from './admin-pages-people.ts'
import { connectionView } from './admin-view.ts'
import { sendPage } from './send.ts'
import { fieldOf } from './setup-form.ts'

/** The verbs behind these pages. */
export interface ConnectionPagesDeps {
  health: {
    page: (query: HealthQuery, now: Date) => Promise<HealthPage>
    of: (id: string, now: Date) => Promise<Health | undefined>
  }
  get: (id: string) => Promise<Connection | undefined>
  show: (connection: Connection) => Promise<ReturnType<typeof showConnection>>
  change: (id: string, body: object, version: number | undefined, author: Author) => Promise<Connection>
  signers: (id: string) => Promise<UnknownSigner[]>
  approve: (id: string, sha256: string, version: number | undefined, author: Author) => Promise<unknown>
  refresh: (id: string) => Promise<void>
  attempts: AttemptPagesDeps['list']
  sessions: PeoplePagesDeps['sessions']
  endSessions: (which: SessionFilter, author: Author) => Promise<string[]>
  publicUrl: string
}

const perPage = 50
const few = 10

/** Adds them. */
export function addConnectionPages({ read, change }: Desk, deps: ConnectionPagesDeps, clock: () => Date): void {
  read('/admin', async ({ view }, { query }, reply) => {
    const { q, state, page } = query as { q?: unknown; state?: unknown; page?: unknown }
    const text = textOf(q)
    const asked = healthStates.find(one => one === state)
    const at = Math.min(Math.max(1, Number.parseInt(String(page), 10) || 1), 10_000)
    const found = await deps.health.page(
      { text, state: asked, offset: (at - 1) * perPage, limit: perPage + 1 },
      clock(),
    )
    const link = (to: number) => {
      const search = new URLSearchParams({
        ...(text ? { q: text } : {}),
        ...(asked ? { state: asked } : {}),
        ...(to > 1 ? { page: String(to) } : {}),
      })
      return search.size > 0 ? `/admin?${search}` : '/admin'
    }
    const rows = found.items.slice(0, perPage).map(one => overviewRow(one, view.now))
    const next = found.items.length > perPage ? link(at + 1) : undefined
    return sendPage(
      reply,
      overviewPage(view, {
        rows,
        counts: found.counts,
        text,
        state: asked,
        next,
        previous: at > 1 ? link(at - 1) : undefined,
      }),
    )
  })
  read('/admin/connections/:id', async (scene, request, reply) =>
    sendPage(reply, await onePage(deps, scene, idOf(request))),
  )
  change('/admin/connections/:id/:verb(enable|disable)', async ({ author }, request, reply) => {
    const enabled = (request.params as { verb: string }).verb === 'enable'
    await deps.change(idOf(request), { enabled }, versionIn(request), author)
    return go(reply, telling(`/admin/connections/${idOf(request)}`, enabled ? 'switched-on' : 'switched-off'))
  })
  change('/admin/connections/:id/approve', async ({ author }, request, reply) => {
    await deps.approve(idOf(request), fieldOf(request, 'sha256'), versionIn(request), author)
    return go(reply, telling(`/admin/connections/${idOf(request)}`, 'approved'))
  })
  change('/admin/connections/:id/refresh', async (_, request, reply) => {
    await deps.refresh(idOf(request))
    return go(reply, telling(`/admin/connections/${idOf(request)}`, 'refreshed'))
  })
  change('/admin/connections/:id/end-sessions', async ({ author }, request, reply) => {
    await deps.endSessions({ connection_id: idOf(request) }, author)
    return go(reply, telling(`/admin/connections/${idOf(request)}`, 'sessions-ended'))
  })
}

async function onePage(deps: ConnectionPagesDeps, { view }: AdminScene, id: string) {
  const connection = await deps.get(id)
  const health = await deps.health.of(id, view.now)
  if (!connection || !health) throw new Problem('connection_not_found')
  const [shown, signers, attempts, sessions] = await Promise.all([
    deps.show(connection),
    deps.signers(id),
    deps.attempts({ connection: id, limit: few }),
    deps.sessions({ connection_id: id }, { limit: few }),
  ])
  const rows = { attempts: attempts.map(attemptRow), sessions: sessions.map(sessionRow) }
  return connectionPage(view, {
    ...connectionView({ connection, health, shown, signers, publicUrl: deps.publicUrl }, view.now),
    ...rows,
  })
}

function overviewRow(health: Health, now: Date): OverviewRow {
  const { id, name, tenant, state, accepted, refused, last_sign_in_at, trusted_until } = health
  return {
    ...{ id, name, tenant, state: state satisfies HealthState, ailments: ailments(health, now) },
    ...{ provider: providers[health.provider], lastSignIn: last_sign_in_at },
    ...{ rate: successRate(health), count: accepted + refused },
    daysLeft: trusted_until === null ? undefined : daysLeft({ not_after: trusted_until }, now),
  }
}

/** A text of a query, trimmed; undefined where there is none. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed().trim().slice(0, 200) : ''
  return text === '' ? undefined : text
}

/** The version that a form's page showed; a form that does not say changes nothing. */
export function versionIn(request: FastifyRequest): number {
  const text = fieldOf(request, 'version')
  return /^\d{1,9}$/.test(text) ? Number(text) : -1
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}
