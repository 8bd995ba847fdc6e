// The pages of sessions and clients: who is in, and who gets tokens.

import type { Author } from '../audit/event.ts'
import type { Client } from '../clients/client.ts'
import { type ClientView, clientPage, clientsPage } from '../pages/admin-clients.ts'
import { type SessionRow, sessionsPage } from '../pages/admin-sessions.ts'
import { Problem } from '../problem.ts'
import type { Session, SessionFilter } from '../sessions/session.ts'
import { samePath, telling } from './admin-notices.ts'
import { type Desk, go } from './admin-pages.ts'
import { textOf } from './admin-pages-connections.ts'
import { sendPage } from './send.ts'
import { fieldOf } from './setup-form.ts'

/** The verbs behind these pages. */
export interface PeoplePagesDeps {
  sessions: (which: SessionFilter, page: { cursor?: string; limit: number }) => Promise<Session[]>
  end: (which: SessionFilter, author: Author) => Promise<string[]>
  clients: {
    list: (page: { cursor?: string; limit: number }) => Promise<Client[]>
    get: (id: string) => Promise<Client | undefined>
  }
}

const perPage = 50
const filters = ['sub', 'tenant', 'connection', 'client'] as const
type Filter = Partial<Record<(typeof filters)[number], string>>

/** Adds them. */
export function addPeoplePages({ read, change }: Desk, { sessions, end, clients }: PeoplePagesDeps): void {
  read('/admin/sessions', async ({ view }, { query }, reply) => {
    const given = query as Record<string, unknown>
    const filter = filterFrom(name => textOf(given[name]))
    const found = await sessions(whichOf(filter), pageOf(given['after']))
    const rows = found.slice(0, perPage).map(sessionRow)
    const next = after('/admin/sessions', filter, found.length > perPage ? rows.at(-1)?.sid : undefined)
    return sendPage(reply, sessionsPage(view, { rows, filter, next }))
  })
  change('/admin/sessions/end', async ({ author }, request, reply) => {
    if ((await end({ sid: fieldOf(request, 'sid') }, author)).length === 0)
      throw new Problem('not_found', { detail: 'This session was over already.' })
    return go(reply, telling(samePath(fieldOf(request, 'back')), 'session-ended'))
  })
  change('/admin/sessions/end-all', async ({ author }, request, reply) => {
    const filter = filterFrom(name => textOf(fieldOf(request, name)))
    // No filter must never mean everybody.
    if (Object.keys(filter).length === 0)
      throw new Problem('invalid_request', { detail: 'Say which sessions are to end.' })
    await end(whichOf(filter), author)
    return go(reply, telling('/admin/sessions', 'sessions-ended'))
  })
  read('/admin/clients', async ({ view }, { query }, reply) => {
    const found = await clients.list(pageOf((query as { after?: unknown }).after))
    const rows = found.slice(0, perPage).map(clientView)
    const next = after('/admin/clients', {}, found.length > perPage ? rows.at(-1)?.clientId : undefined)
    return sendPage(reply, clientsPage(view, rows, next))
  })
  read('/admin/clients/:id', async ({ view }, { params }, reply) => {
    const found = await clients.get((params as { id: string }).id)
    if (!found) throw new Problem('not_found')
    return sendPage(reply, clientPage(view, clientView(found)))
  })
}

function filterFrom(read: (name: string) => string | undefined): Filter {
  const given = filters.map(name => [name, read(name)] as const).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given)
}

function whichOf({ sub, tenant, connection, client }: Filter): SessionFilter {
  return { sub, tenant, connection_id: connection, client_id: client }
}

function pageOf(value: unknown): { cursor?: string; limit: number } {
  const cursor = textOf(value)
  return { ...(cursor === undefined ? {} : { cursor }), limit: perPage + 1 }
}

function after(path: string, filter: Filter, last: string | undefined): string | undefined {
  return last === undefined ? undefined : `${path}?${new URLSearchParams({ ...filter, after: last })}`
}

/** A session as a table shows it. */
export function sessionRow(one: Session): SessionRow {
  const { sid, sub, tenant, claims, connection_id, client_id } = one
  const called = [claims['email'], claims['name']].find(value => typeof value === 'string' && value !== '')
  return {
    ...{
      sid,
      sub,
      tenant,
      called: typeof called === 'string' ? called : null,
      connection: connection_id,
      client: client_id,
    },
    ...{ createdAt: one.created_at, lastSeen: one.last_seen_at, expiresAt: one.expires_at },
  }
}

function clientView(one: Client): ClientView {
  const { name, audience, version, origins, connections } = one
  return {
    ...{ clientId: one.client_id, name, audience, version, origins, connections },
    proof: one.jwks ? 'key' : one.confidential ? 'secret' : 'none',
    ...{ redirectUris: one.redirect_uris, postLogoutRedirectUris: one.post_logout_redirect_uris },
    ...{ tokenTtl: one.token_ttl, createdAt: one.created_at, updatedAt: one.updated_at },
  }
}
