// The wiring of the operator's verbs: each change in one transaction, the answer with our side of the connection.

import { createHash, timingSafeEqual } from 'node:crypto'
import { changeKeeper, recorder } from './app-audit.ts'
import { jitterOf, metadataFetch } from './app-metadata.ts'
import { endingTransactions } from './app-sessions.ts'
import type { Client, ClientSettings } from './clients/client.ts'
import { readClient } from './clients/client.ts'
import { type ClientDeps, changeClient, createClient, removeClient, renewSecret } from './clients/manage.ts'
import { clientStore } from './clients/store.ts'
import { acsUrls, type Connection, spAddresses } from './connections/connection.ts'
import { type ConnectionBody, readDraft } from './connections/draft.ts'
import { openLastRead } from './connections/last-read.ts'
import {
  changeConnection,
  createConnection,
  type ManageDeps,
  removeConnection,
  restoreConnection,
} from './connections/manage.ts'
import { metadataStore } from './connections/metadata-store.ts'
import { showConnection } from './connections/show.ts'
import type { SpKeyring } from './connections/sp-keyring.ts'
import { connectionStore } from './connections/store.ts'
import type { AdminDeps } from './http/admin.ts'
import { type Mistake, Problem } from './problem.ts'
import { spMetadataXml } from './saml/sp-metadata.ts'
import type { World } from './world.ts'

/** What a change of a connection needs; `changed` is told after each how many sessions it ended. */
export function manageDeps(world: World, changed: (ended: readonly string[]) => void): ManageDeps {
  const { clock, random } = world
  const ending = endingTransactions(world, changed)
  return {
    transaction: work =>
      ending((tx, end) => {
        const { keep: keepMetadata, forget: forgetMetadata } = metadataStore(tx)
        return work({ ...changeKeeper(tx, clock, end), keepMetadata, forgetMetadata })
      }),
    ...{ clock, fetch: metadataFetch(world), jitter: jitterOf(world) },
    newId: () => newId(random),
  }
}

/** The verbs of the address book, as the operator's doors and the metadata door use them; `changed` is told after each change. */
export function connectionVerbs(world: World, spKeys: SpKeyring, changed: (ended: readonly string[]) => void) {
  const { config, db, clock, logger } = world
  const { publicUrl } = config
  const onError = (err: unknown) => logger.warn({ err }, 'metadata goes on with the connection that is known')
  const [store, { standing }] = [connectionStore(db), metadataStore(db)]
  const lastRead = openLastRead({ find: store.find, clock, onError })
  const deps = manageDeps(world, changed)
  const [create, change, remove] = [createConnection(deps), changeConnection(deps), removeConnection(deps)]
  return {
    list: ({ tenant, domain, cursor, limit }) =>
      store.list({ tenant, domain: domain?.toLowerCase(), after: cursor, limit }),
    get: store.find,
    create: (body, author) => create(body as ConnectionBody, author),
    change: (id, body, ifMatch, author) => change(id, body as ConnectionBody, ifMatch, author),
    restore: restoreConnection(deps),
    remove,
    check: async (body, id) => {
      const current = id === undefined ? undefined : await store.find(id)
      // Something of the body is missing here, so its examples cannot be tried.
      return mistakesOf(() => readDraft({ ...body, tests: [] } as ConnectionBody, current, clock(), 'later'))
    },
    show: async (connection: Connection) => {
      const spCertificates = (await spKeys.published(connection.id)).map(key => key.certificate)
      return showConnection(connection, publicUrl, { spCertificates, ...(await standing(connection.id)) }, clock())
    },
    metadata: async (id: string): Promise<string> => {
      const connection = await lastRead.find(id)
      if (!connection) throw new Problem('connection_not_found')
      return metadataOf(connection, publicUrl, spKeys)
    },
  } satisfies AdminDeps['connections'] & { metadata: (id: string) => Promise<string> }
}

type OurSide = Pick<Connection, 'id' | 'version' | 'sp_entity_id' | 'acs_aliases' | 'logout_url'> &
  Pick<Connection, 'sign_requests' | 'require_signed' | 'nameid_format'>

/** Our metadata for a connection, signed. */
export async function metadataOf(connection: OurSide, publicUrl: string, spKeys: SpKeyring): Promise<string> {
  const published = await spKeys.published(connection.id)
  const bare = (purpose: 'signing' | 'encryption') =>
    published.filter(key => key.purpose === purpose).map(key => key.bare)
  const metadata = {
    id: `_${connection.id}-${connection.version}`,
    entityId: spAddresses(publicUrl, connection).entity_id,
    acsUrls: acsUrls(publicUrl, connection),
    sloUrl: connection.logout_url === null ? undefined : spAddresses(publicUrl, connection).slo_url,
    signingCertificates: bare('signing'),
    encryptionCertificates: bare('encryption'),
    signsRequests: connection.sign_requests,
    wantsAssertionsSigned: ['assertion', 'both'].includes(connection.require_signed),
    nameIdFormat: connection.nameid_format,
  }
  return spMetadataXml(metadata, await spKeys.signing(connection.id))
}

/** The verbs of the clients, as the operator's doors use them; `changed` as above. */
export function clientVerbs(
  { db, clock, random }: World,
  changed: (ended: readonly string[]) => void,
): AdminDeps['clients'] {
  const store = clientStore(db)
  const ending = endingTransactions({ db }, changed)
  const deps: ClientDeps = {
    transaction: work =>
      ending((tx, end) => {
        const endSessions = (id: string, now: Date) => end({ client_id: id }, now)
        return work({ ...clientStore(tx), endSessions, record: recorder(tx, clock) })
      }),
    clock,
    random,
  }
  const change = changeClient(deps)
  return {
    list: ({ cursor, limit }): Promise<Client[]> => store.list(cursor, limit),
    get: store.find,
    create: createClient(deps),
    change: (id, body, ifMatch, author) => change(id, body as Partial<ClientSettings>, ifMatch, author),
    renewSecret: renewSecret(deps),
    remove: removeClient(deps),
    check: async (body, id) => {
      const current = id === undefined ? undefined : await store.find(id)
      return mistakesOf(() => readClient(body as Partial<ClientSettings>, current))
    },
  }
}

function mistakesOf(read: () => unknown): readonly Mistake[] {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof Problem) return error.mistakes
    throw error
  }
}

/** 16 characters of base32: 80 bits, lower case, good in a URL and over the telephone. */
export function newId(random: (bytes: number) => Buffer): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
  return [...random(16)].map(byte => alphabet[byte % 32]).join('')
}

/** Whether a key is the one with this SHA-256, in constant time. */
export function keyChecker(expected: Buffer): (key: string) => boolean {
  return key => timingSafeEqual(createHash('sha256').update(key).digest(), expected)
}
