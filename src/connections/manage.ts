// Verbs of the address book: make, change, restore and remove a connection. Each change is one transaction, kept as a version and
// recorded; a change is refused when somebody else changed the connection since it was read (RFC 9110 §13.1.1).

import type { Author } from '../audit/event.ts'
import { Problem } from '../problem.ts'
import { changeOf } from './change.ts'
import type { Connection } from './connection.ts'
import { type ConnectionBody, type ConnectionDraft, newMetadataUrl, readDraft } from './draft.ts'
import { type FetchMetadata, stateOf, type Validators } from './metadata.ts'
import { type ConnectionKeeper, dueMetadata, insertNew, mustFind, requireVersion, settleChange } from './settle.ts'
import { connectionChange, draftOf } from './version.ts'

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
  return async (body: ConnectionBody, author: Author): Promise<Connection> => {
    const fetched = await fetchFor(deps, body, undefined)
    const draft = readDraft(body, undefined, clock(), fetched)
    const id = newId()
    return transaction(async keeper => {
      const made = await insertNew(keeper, id, draft, { now: clock(), author })
      await settleMetadata(deps, keeper, id, draft, fetched)
      return made
    })
  }
}

/** Changes the members that the body names; `ifMatch` is the version the caller read, undefined to change whatever is there. */
export function changeConnection(deps: ManageDeps) {
  const { transaction, clock } = deps
  return async (id: string, body: ConnectionBody, ifMatch: number | undefined, author: Author): Promise<Connection> => {
    const before = body.metadata_url ? await transaction(keeper => mustFind(keeper, id)) : undefined
    if (before) requireVersion(before.version, ifMatch)
    const fetched = before && (await fetchFor(deps, body, before))
    return transaction(async keeper => {
      const current = await mustFind(keeper, id)
      requireVersion(current.version, ifMatch)
      const draft = readDraft(body, current, clock(), fetched)
      await settleMetadata(deps, keeper, id, draft, fetched)
      return settleChange(keeper, current, draft, { action: 'connection.changed', now: clock(), author })
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

/**
 * Makes a connection what it was at `version`, as a new version that must be right by the rules of now; `ifMatch` as above. Throws
 * `not_found` where there is no such version.
 */
export function restoreConnection(deps: ManageDeps) {
  const { transaction, clock } = deps
  return (id: string, version: number, ifMatch: number | undefined, author: Author): Promise<Connection> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, id)
      requireVersion(current.version, ifMatch)
      const wanted = await keeper.version(id, version)
      if (!wanted) throw new Problem('not_found')
      const draft = draftOf(wanted, current, clock())
      await dueMetadata(keeper, id, draft, current, clock())
      return settleChange(keeper, current, draft, {
        action: 'connection.restored',
        now: clock(),
        author,
        restored: version,
      })
    })
}

/** Makes a connection under an id that was given, or replaces the one that is at `version`: what the draft says is all that it is. */
export function putConnection({ transaction, clock }: Pick<ManageDeps, 'transaction' | 'clock'>) {
  return (id: string, draft: ConnectionDraft, version: number | undefined, author: Author): Promise<Connection> =>
    transaction(async keeper => {
      const current = version === undefined ? undefined : await mustFind(keeper, id)
      requireVersion(current?.version ?? 0, version)
      const change = { action: 'connection.changed', now: clock(), author }
      const made = current
        ? await settleChange(keeper, current, draft, change)
        : await insertNew(keeper, id, draft, change)
      await dueMetadata(keeper, id, draft, current, clock())
      return made
    })
}

/** Removes a connection and everything that came of it: logins, people, sessions. */
export function removeConnection({ transaction, clock }: Pick<ManageDeps, 'transaction' | 'clock'>) {
  return (id: string, ifMatch: number | undefined, author: Author): Promise<void> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, id)
      requireVersion(current.version, ifMatch)
      if (!(await keeper.hold(id, current.version))) throw new Problem('precondition_failed')
      await keeper.endSessions(id, clock())
      await keeper.remove(id)
      await keeper.tell(changeOf(current, undefined))
      await keeper.record(author, connectionChange('connection.removed', current, undefined))
    })
}
