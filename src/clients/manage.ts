// Verbs of the clients: make, change, remove; each is recorded. The secret of a confidential client is random and leaves this room once.

import { createHash } from 'node:crypto'
import type { Author, Recorder } from '../audit/event.ts'
import { Problem } from '../problem.ts'
import { type Client, type ClientSettings, defaultClientId, hasSecret, readClient } from './client.ts'
import { clientChange } from './history.ts'

/** What these verbs may do to the world; inside one transaction. */
export interface ClientKeeper {
  find(clientId: string): Promise<Client | undefined>
  insert(settings: ClientSettings, secretHash: Buffer | null, now: Date): Promise<boolean>
  update(version: number, settings: ClientSettings, secretHash: Buffer | null, now: Date): Promise<boolean>
  /** Locks a client that is still at `version`; false when it is not there so. */
  hold(clientId: string, version: number): Promise<boolean>
  remove(clientId: string): Promise<void>
  /** Ends the sessions that began for it, so that the revocation feed says so. */
  endSessions(clientId: string, now: Date): Promise<unknown>
  record: Recorder
}

/** What they need beside the keeper. */
export interface ClientDeps {
  transaction<T>(work: (keeper: ClientKeeper) => Promise<T>): Promise<T>
  clock: () => Date
  random: (bytes: number) => Buffer
}

/** A client, and its new secret where one was just made. */
export interface ClientAnswer {
  client: Client
  secret: string | undefined
}

/** Makes a client; `conflict` where its id is taken. */
export function createClient({ transaction, clock, random }: ClientDeps) {
  return (body: Partial<ClientSettings>, author: Author): Promise<ClientAnswer> => {
    const settings = readClient(body, undefined)
    const secret = hasSecret(settings) ? newSecret(random) : undefined
    return transaction(async keeper => {
      if (!(await keeper.insert(settings, hashOf(secret), clock()))) throw taken(settings.client_id)
      const client = await mustFind(keeper, settings.client_id)
      await keeper.record(author, clientChange('client.created', undefined, client))
      return { client, secret }
    })
  }
}

/** Changes a client; making it confidential gives it a secret, making it public or giving it keys takes its secret away. */
export function changeClient({ transaction, clock, random }: ClientDeps) {
  return (
    clientId: string,
    body: Partial<ClientSettings>,
    ifMatch: number | undefined,
    author: Author,
  ): Promise<ClientAnswer> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, clientId)
      requireVersion(current, ifMatch)
      const settings = readClient({ ...body, client_id: clientId }, current)
      const secret = hasSecret(settings) && current.secret_hash === null ? newSecret(random) : undefined
      const hash = hasSecret(settings) ? (hashOf(secret) ?? current.secret_hash) : null
      if (!(await keeper.update(current.version, settings, hash, clock()))) throw new Problem('precondition_failed')
      const client = await mustFind(keeper, clientId)
      await keeper.record(author, clientChange('client.changed', current, client))
      return { client, secret }
    })
}

/** Makes a client, or replaces the one that is at `version`; without `secretHash` (SHA-256) the secret that it has stays. */
export function putClient({ transaction, clock }: Omit<ClientDeps, 'random'>) {
  return (
    settings: ClientSettings,
    secretHash: Buffer | undefined,
    version: number | undefined,
    author: Author,
  ): Promise<void> =>
    transaction(async keeper => {
      const current = version === undefined ? undefined : await keeper.find(settings.client_id)
      const hash = hasSecret(settings) ? (secretHash ?? current?.secret_hash ?? null) : null
      const made = version === undefined && (await keeper.insert(settings, hash, clock()))
      if (version === undefined && !made) throw taken(settings.client_id)
      if (version !== undefined && !(await keeper.update(version, settings, hash, clock())))
        throw new Problem('precondition_failed')
      const action = current ? 'client.changed' : 'client.created'
      await keeper.record(author, clientChange(action, current, await mustFind(keeper, settings.client_id)))
    })
}

/** Gives a client another secret; the one before ends at once. `conflict` where it has none. */
export function renewSecret({ transaction, clock, random }: ClientDeps) {
  return (clientId: string, ifMatch: number | undefined, author: Author): Promise<ClientAnswer> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, clientId)
      requireVersion(current, ifMatch)
      if (!hasSecret(current)) throw new Problem('conflict', { detail: 'This client has no secret.' })
      const secret = newSecret(random)
      if (!(await keeper.update(current.version, current, hashOf(secret), clock())))
        throw new Problem('precondition_failed')
      const client = await mustFind(keeper, clientId)
      await keeper.record(author, clientChange('client.secret_renewed', current, client))
      return { client, secret }
    })
}

/** Removes a client with its sessions; the default client stays. */
export function removeClient({ transaction, clock }: Omit<ClientDeps, 'random'>) {
  return (clientId: string, ifMatch: number | undefined, author: Author): Promise<void> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, clientId)
      requireVersion(current, ifMatch)
      if (clientId === defaultClientId)
        throw new Problem('conflict', { detail: 'The default client cannot be removed.' })
      if (!(await keeper.hold(clientId, current.version))) throw new Problem('precondition_failed')
      await keeper.endSessions(clientId, clock())
      await keeper.remove(clientId)
      await keeper.record(author, clientChange('client.removed', current, undefined))
    })
}

function newSecret(random: ClientDeps['random']): string {
  return random(32).toString('base64url')
}

function hashOf(secret: string | undefined): Buffer | null {
  return secret === undefined ? null : createHash('sha256').update(secret).digest()
}

async function mustFind(keeper: Pick<ClientKeeper, 'find'>, clientId: string): Promise<Client> {
  const client = await keeper.find(clientId)
  if (!client) throw new Problem('not_found')
  return client
}

function requireVersion({ version }: Client, ifMatch: number | undefined): void {
  if (ifMatch !== undefined && ifMatch !== version) throw new Problem('precondition_failed')
}

function taken(clientId: string): Problem {
  return new Problem('conflict', { mistakes: [{ field: 'client_id', message: `${clientId} exists already.` }] })
}
