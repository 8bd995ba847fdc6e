// The operator's doors: connections, clients, login attempts (keys: http/keys.ts). Every one wants the admin key (http/router.ts).

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Author } from '../audit/event.ts'
import type { Client } from '../clients/client.ts'
import type { ClientAnswer } from '../clients/manage.ts'
import type { Connection } from '../connections/connection.ts'
import type { Attempt } from '../logins/attempt.ts'
import { type Mistake, Problem } from '../problem.ts'
import { authorOf } from './author.ts'
import { checkedBody } from './body.ts'
import type { Door, Doors } from './send.ts'

/** One page of a list: what the query asked for. */
export interface PageQuery {
  limit: number
  cursor?: string
  tenant?: string
  domain?: string
  connection?: string
  client?: string
  sub?: string
}

type Remove = (id: string, ifMatch: number | undefined, author: Author) => Promise<void>

/** The verbs behind these doors. A verb that changes takes the version that the caller read, and who asks. */
export interface AdminDeps {
  connections: {
    list: (page: PageQuery) => Promise<Connection[]>
    get: (id: string) => Promise<Connection | undefined>
    create: (body: object, author: Author) => Promise<Connection>
    change: (id: string, body: object, ifMatch: number | undefined, author: Author) => Promise<Connection>
    restore: (id: string, version: number, ifMatch: number | undefined, author: Author) => Promise<Connection>
    remove: Remove
    show: (connection: Connection) => Promise<object>
    check: (body: object, id: string | undefined) => Promise<readonly Mistake[]>
  }
  clients: {
    list: (page: PageQuery) => Promise<Client[]>
    get: (id: string) => Promise<Client | undefined>
    create: (body: object, author: Author) => Promise<ClientAnswer>
    change: (id: string, body: object, ifMatch: number | undefined, author: Author) => Promise<ClientAnswer>
    renewSecret: (id: string, ifMatch: number | undefined, author: Author) => Promise<ClientAnswer>
    remove: Remove
    check: (body: object, id: string | undefined) => Promise<readonly Mistake[]>
  }
  logins: { list: (page: PageQuery) => Promise<Attempt[]>; get: (traceId: string) => Promise<Attempt | undefined> }
}

/** The doors of the admin API. */
export function adminDoors({ connections, clients, logins }: AdminDeps): Doors {
  return {
    listConnections: list(connections.list, connections.show, one => one.id),
    createConnection: async (request, reply) => {
      const body = await checkedBody(request, body => connections.check(body, undefined))
      const made = await connections.create(body, authorOf(request))
      return created(reply, `/api/v1/connections/${made.id}`, made.version).send(await connections.show(made))
    },
    getConnection: async (request, reply) => {
      const found = await connections.get(idOf(request))
      if (!found) throw new Problem('connection_not_found')
      return tagged(reply, found.version).send(await connections.show(found))
    },
    changeConnection: async (request, reply) => {
      const body = await checkedBody(request, body => connections.check(body, idOf(request)))
      const changed = await connections.change(idOf(request), body, ifMatch(request), authorOf(request))
      return tagged(reply, changed.version).send(await connections.show(changed))
    },
    removeConnection: removal(connections.remove),
    listClients: list(clients.list, showClient, one => one.client_id),
    createClient: async (request, reply) => {
      const body = await checkedBody(request, body => clients.check(body, undefined))
      const { client, secret } = await clients.create(body, authorOf(request))
      return created(reply, `/api/v1/clients/${client.client_id}`, client.version).send(showClient(client, secret))
    },
    getClient: async (request, reply) => {
      const found = await clients.get(idOf(request))
      if (!found) throw new Problem('not_found')
      return tagged(reply, found.version).send(showClient(found))
    },
    changeClient: async (request, reply) => {
      const body = await checkedBody(request, body => clients.check(body, idOf(request)))
      const { client, secret } = await clients.change(idOf(request), body, ifMatch(request), authorOf(request))
      return tagged(reply, client.version).send(showClient(client, secret))
    },
    renewClientSecret: async (request, reply) => {
      const { client, secret } = await clients.renewSecret(idOf(request), ifMatch(request), authorOf(request))
      return tagged(reply, client.version).send(showClient(client, secret))
    },
    removeClient: removal(clients.remove),
    listLogins: list(
      logins.list,
      one => one,
      one => one.trace_id,
    ),
    getLogin: async request => {
      const found = await logins.get((request.params as { trace_id: string }).trace_id)
      if (!found) throw new Problem('not_found')
      return found
    },
  }
}

function showClient({ secret_hash: _, ...client }: Client, secret?: string): object {
  return secret === undefined ? client : { ...client, client_secret: secret }
}

/** The door of a list. One more than the page is read: whether there is a next one is known without counting. */
export function list<T>(
  read: (page: PageQuery) => Promise<T[]>,
  show: (one: T) => object | Promise<object>,
  key: (one: T) => string,
): Door {
  return async request => {
    const page = request.query as PageQuery
    const found = await read({ ...page, limit: page.limit + 1 })
    const items = found.slice(0, page.limit)
    const last = items.at(-1)
    const next = found.length > items.length && last !== undefined ? key(last) : null
    return { items: await Promise.all(items.map(one => show(one))), next_cursor: next }
  }
}

/** The door of a removal. */
export function removal(remove: Remove): Door {
  return async (request, reply) => {
    await remove(idOf(request), ifMatch(request), authorOf(request))
    return reply.code(204).send()
  }
}

/** The `id` of the path. */
export function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}

/**
 * The version that the caller read, undefined where any will do. RFC 9110 §13.1.1: strong comparison, so a weak tag never matches;
 * "*" takes whatever is there.
 */
export function ifMatch({ headers }: FastifyRequest): number | undefined {
  const header = headers['if-match']
  if (header === undefined || header === '*') return undefined
  const version = /^"(\d+)"$/.exec(header)?.[1]
  return version === undefined ? -1 : Number(version)
}

/** An answer with the ETag of a version. */
export function tagged(reply: FastifyReply, version: number): FastifyReply {
  return reply.headers({ etag: `"${version}"` })
}

/** The answer to what was made. */
export function created(reply: FastifyReply, location: string, version: number): FastifyReply {
  return tagged(reply, version).header('location', location).code(201)
}
