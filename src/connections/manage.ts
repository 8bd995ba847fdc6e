// Verbs of the address book: make, change and remove a connection. Each change is one transaction; a change is refused when
// somebody else changed the connection since it was read (RFC 9110 §13.1.1).

import { Problem } from '../problem.ts'
import type { Connection } from './connection.ts'
import { type ConnectionBody, type ConnectionDraft, newMetadataUrl, readDraft } from './draft.ts'
import { type FetchMetadata, type MetadataState, stateOf, type Validators } from './metadata.ts'

/** What these verbs may do to the world. Each capability runs in the same transaction. */
export interface ConnectionKeeper {
  find(id: string): Promise<Connection | undefined>
  insert(id: string, draft: ConnectionDraft, now: Date): Promise<void>
  update(id: string, version: number, draft: ConnectionDraft, now: Date): Promise<boolean>
  /** Locks a connection that is still at `version`; false when it is not there so. */
  hold(id: string, version: number): Promise<boolean>
  remove(id: string): Promise<void>
  /** Keeps or forgets what its metadata_url led to. */
  keepMetadata(state: MetadataState): Promise<void>
  forgetMetadata(id: string): Promise<void>
  /** Ends its sessions, so that the revocation feed says so. */
  endSessions(id: string, now: Date): Promise<unknown>
}

/** What they need beside the keeper. */
export interface ManageDeps {
  transaction<T>(work: (keeper: ConnectionKeeper) => Promise<T>): Promise<T>
  fetch: FetchMetadata
  clock: () => Date
  newId: () => string
  /** A number from 0 to 1, to spread what is done on schedule. */
  jitter: () => number
}

/** Makes a connection; throws `invalid_request` with every mistake of the body. */
export function createConnection(deps: ManageDeps) {
  const { transaction, clock, newId } = deps
  return async (body: ConnectionBody): Promise<Connection> => {
    const fetched = await fetchFor(deps, body, undefined)
    const draft = readDraft(body, undefined, clock(), fetched)
    const id = newId()
    return transaction(async keeper => {
      await keeper.insert(id, draft, clock())
      await settleMetadata(deps, keeper, id, draft, fetched)
      return mustFind(keeper, id)
    })
  }
}

/** Changes the members that the body names; `ifMatch` is the version the caller read, undefined to change whatever is there. */
export function changeConnection(deps: ManageDeps) {
  const { transaction, clock } = deps
  return async (id: string, body: ConnectionBody, ifMatch: number | undefined): Promise<Connection> => {
    const before = body.metadata_url ? await transaction(keeper => mustFind(keeper, id)) : undefined
    if (before) requireVersion(before.version, ifMatch)
    const fetched = before && (await fetchFor(deps, body, before))
    return transaction(async keeper => {
      const current = await mustFind(keeper, id)
      requireVersion(current.version, ifMatch)
      const draft = readDraft(body, current, clock(), fetched)
      if (!(await keeper.update(id, current.version, draft, clock()))) throw new Problem('precondition_failed')
      await settleMetadata(deps, keeper, id, draft, fetched)
      if (losesSessions(current, draft)) await keeper.endSessions(id, clock())
      return mustFind(keeper, id)
    })
  }
}

// Outside of any transaction, and only once nothing else of the body is wrong.
async function fetchFor({ fetch, clock }: ManageDeps, body: ConnectionBody, current: Connection | undefined) {
  const url = newMetadataUrl(body, current)
  if (url === undefined) return undefined
  readDraft(body, current, clock(), 'later')
  const fetched = await fetch(url)
  if (fetched === 'unchanged') throw new Problem('internal_error')
  if (!('wrong' in fetched)) return fetched
  throw new Problem('invalid_request', { mistakes: [{ field: 'metadata_url', message: fetched.wrong }] })
}

async function settleMetadata(
  { clock, jitter }: ManageDeps,
  keeper: ConnectionKeeper,
  id: string,
  { settings: { metadata_url: url }, metadata }: ConnectionDraft,
  fetched: Validators | undefined,
): Promise<void> {
  if (url === null) await keeper.forgetMetadata(id)
  else if (metadata && fetched) await keeper.keepMetadata(stateOf(id, url, metadata, fetched, clock(), jitter()))
}

// Switched off, of another tenant or another identity provider: nobody is in any more who came in before.
function losesSessions(before: Connection, { settings: after }: ConnectionDraft): boolean {
  const other = before.tenant !== after.tenant || before.issuer !== after.issuer
  return other || (before.enabled && !after.enabled)
}

/** Removes a connection and everything that came of it: logins, people, sessions. */
export function removeConnection({ transaction, clock }: ManageDeps) {
  return (id: string, ifMatch: number | undefined): Promise<void> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, id)
      requireVersion(current.version, ifMatch)
      if (!(await keeper.hold(id, current.version))) throw new Problem('precondition_failed')
      await keeper.endSessions(id, clock())
      await keeper.remove(id)
    })
}

/** The connection; throws `connection_not_found`. */
export async function mustFind(keeper: Pick<ConnectionKeeper, 'find'>, id: string): Promise<Connection> {
  const connection = await keeper.find(id)
  if (!connection) throw new Problem('connection_not_found')
  return connection
}

/** Throws `precondition_failed` when somebody changed it since version `ifMatch`. */
export function requireVersion(version: number, ifMatch: number | undefined): void {
  if (ifMatch === undefined || ifMatch === version) return
  throw new Problem('precondition_failed', {
    detail: `It is at version ${version} now: read it again, then change it.`,
  })
}
