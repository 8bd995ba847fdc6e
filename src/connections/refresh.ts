// Metadata is fetched again: what it states otherwise than before is changed, what it brings nothing for stays as it was. The issuer
// of a connection never changes by this, and a document that states no usable certificate counts as none.

import { system } from '../audit/event.ts'
import { Problem } from '../problem.ts'
import { type Connection, settingsOf } from './connection.ts'
import type { ConnectionDraft } from './draft.ts'
import type { EmitEvent } from './event.ts'
import {
  type FetchedMetadata,
  type FetchMetadata,
  type MetadataState,
  nextFetch,
  readStated,
  type Stated,
  type StatedMetadata,
  staleness,
  stateOf,
} from './metadata.ts'
import { type ChangeKeeper, mustFind, settleChange } from './settle.ts'
import { wrongUrls } from './wrong-urls.ts'

/** What this verb may do to the world, in one transaction. */
export interface RefreshKeeper extends ChangeKeeper {
  /** Locks the state of the connection's metadata and answers it. */
  holdMetadata(id: string): Promise<MetadataState | undefined>
  keepMetadata(state: MetadataState): Promise<void>
  emit: EmitEvent
}

/** What it needs beside the keeper. */
export interface RefreshDeps {
  transaction<T>(work: (keeper: RefreshKeeper) => Promise<T>): Promise<T>
  fetch: FetchMetadata
  clock: () => Date
  jitter: () => number
}

/**
 * Fetches the metadata of a connection and takes over what it states. A failure is kept in the state, the last good copy holds.
 * Throws `connection_not_found`, `invalid_request` where there is no metadata_url, `precondition_failed` where the connection is
 * changed at the same moment.
 */
export function refreshMetadata(deps: RefreshDeps) {
  return async (id: string, signal?: AbortSignal): Promise<void> => {
    const { url, ...known } = await deps.transaction(keeper => mustHold(keeper, id))
    const fetched = await deps.fetch(url, known, signal)
    await deps.transaction(async keeper => {
      const state = await mustHold(keeper, id)
      // Somebody gave another address meanwhile: what was fetched is nobody's.
      if (state.url === url) await settle(deps, keeper, { state, fetched, connection: await mustFind(keeper, id) })
    })
  }
}

async function mustHold(keeper: RefreshKeeper, id: string): Promise<MetadataState> {
  const state = await keeper.holdMetadata(id)
  if (state) return state
  await mustFind(keeper, id)
  throw new Problem('invalid_request', { mistakes: [{ field: 'metadata_url', message: 'is not set.' }] })
}

// Part of it may be a stranger's text.
const longestError = 500

interface Refresh {
  connection: Connection
  state: MetadataState
  fetched: FetchedMetadata
}

async function settle(deps: RefreshDeps, keeper: RefreshKeeper, refresh: Refresh): Promise<void> {
  const { connection, state, fetched } = refresh
  const now = deps.clock()
  const read = readFetched(fetched, connection, state, now)
  if (typeof read === 'string') {
    const error = read.slice(0, longestError)
    const failed = { ...state, tried_at: now, error, failures: state.failures + 1 }
    await keeper.keepMetadata({ ...failed, next_at: nextFetch(failed, now, deps.jitter()) })
    const data = { error, fetched_at: state.fetched_at }
    if (state.failures === 0) await keeper.emit({ type: 'metadata.failed', subject: connection.id, data })
    return
  }
  if (read === undefined) return keepUnchanged(deps, keeper, state, now)
  const draft = refreshed(connection, state.stated, read)
  const change = changeOf(connection, draft)
  if (change) {
    await settleChange(keeper, connection, draft, { action: 'connection.refreshed', now, author: system })
    await keeper.emit({ type: 'connection.changed', subject: connection.id, data: { by: 'metadata', ...change } })
  }
  const validators = fetched === 'unchanged' || 'wrong' in fetched ? state : fetched
  await keeper.keepMetadata(stateOf(connection.id, state.url, read, validators, now, deps.jitter()))
}

function keepUnchanged({ jitter }: RefreshDeps, keeper: RefreshKeeper, state: MetadataState, now: Date): Promise<void> {
  const good = { ...state, fetched_at: now, tried_at: now, error: null, failures: 0 }
  return keeper.keepMetadata({ ...good, next_at: nextFetch(good, now, jitter()) })
}

// What was fetched, a sentence that says why it does not count, or undefined where the copy at hand still does.
function readFetched(
  fetched: FetchedMetadata,
  connection: Connection,
  { valid_until }: MetadataState,
  now: Date,
): StatedMetadata | string | undefined {
  if (fetched === 'unchanged')
    return valid_until && valid_until <= now
      ? `holds metadata that was valid until ${valid_until.toISOString()}.`
      : undefined
  if ('wrong' in fetched) return fetched.wrong
  const { issuer, request_binding, logout_binding } = connection
  try {
    const wanted = { signOn: request_binding, logout: logout_binding, entityId: issuer }
    const read = readStated(fetched.text, 'metadata_url', wanted)
    const wrong = wrongUrls({ ...settingsOf(connection), ...read.stated }).map(
      one => `states a ${one.field} that ${one.message}`,
    )
    return staleness(read, now) ?? wrong[0] ?? read
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.mistakes[0]?.message ?? error.message
  }
}

/** The connection with what its metadata states otherwise than before; what an operator set meanwhile stays until then. */
export function refreshed(
  connection: Connection,
  before: Stated,
  { stated, certificates }: StatedMetadata,
): ConnectionDraft {
  const names = (Object.keys(stated) as (keyof Stated)[]).filter(name => stated[name] !== before[name])
  const changed = Object.fromEntries(names.map(name => [name, stated[name]]))
  const pinned = connection.certificates.filter(one => one.source === 'given')
  const isPinned = (sha256: string) => pinned.some(one => one.sha256 === sha256)
  const isStated = (sha256: string) => certificates.some(one => one.sha256 === sha256)
  return {
    settings: { ...settingsOf(connection), ...changed },
    certificates: [
      ...certificates.filter(one => !isPinned(one.sha256)).map(one => ({ ...one, source: 'metadata' as const })),
      ...connection.certificates.filter(
        one => one.source !== 'metadata' && (isPinned(one.sha256) || !isStated(one.sha256)),
      ),
    ],
  }
}

function changeOf(connection: Connection, { settings, certificates }: ConnectionDraft) {
  const named = (list: Connection['certificates']) => list.map(one => one.sha256)
  const [before, after] = [named(connection.certificates), named(certificates)]
  const added = after.filter(one => !before.includes(one))
  const retired = before.filter(one => !after.includes(one))
  const old = settingsOf(connection)
  const changed = (Object.keys(settings) as (keyof typeof old)[]).filter(name => settings[name] !== old[name])
  const adopted = certificates.some(one =>
    connection.certificates.some(c => c.sha256 === one.sha256 && c.source !== one.source),
  )
  return added.length + retired.length + changed.length > 0 || adopted ? { added, retired, changed } : undefined
}
