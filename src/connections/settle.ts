// Where every change of a connection ends: kept as a version, told and recorded, in the transaction of the verb.

import type { Author, Recorder } from '../audit/event.ts'
import { Problem } from '../problem.ts'
import { type ConnectionChange, changeOf } from './change.ts'
import type { Connection } from './connection.ts'
import type { ConnectionDraft } from './draft.ts'
import { dueState, type MetadataState } from './metadata.ts'
import { requireProven } from './sso-required.ts'
import { type ConnectionVersion, connectionChange } from './version.ts'

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
  /** Ends its sessions, so that the revocation feed says so; answers their sids. */
  endSessions(id: string, now: Date): Promise<string[]>
  /** Keeps a connection, as it is now, among its versions. */
  keep(connection: Connection, author: Author): Promise<void>
  version(id: string, version: number): Promise<ConnectionVersion | undefined>
  /** Whether somebody got in through it since then. */
  signedIn(id: string, since: Date): Promise<boolean>
  record: Recorder
  /** Tells whoever wants to hear of it. */
  tell(change: ConnectionChange): Promise<void>
}

/** Every new connection begins here. */
export async function insertNew(
  keeper: ConnectionKeeper,
  id: string,
  draft: ConnectionDraft,
  { now, author }: { now: Date; author: Author },
): Promise<Connection> {
  await requireProven(undefined, draft, keeper.signedIn)
  await keeper.insert(id, draft, now)
  const made = await mustFind(keeper, id)
  await keeper.keep(made, author)
  await keeper.tell(changeOf(undefined, made))
  await keeper.record(author, connectionChange('connection.created', undefined, made))
  return made
}

/** How a change is named and recorded. */
export interface ChangeRecord {
  action: string
  now: Date
  author: Author
  restored?: number
}

/** What a change of a connection needs of the world. */
export type ChangeKeeper = Pick<
  ConnectionKeeper,
  'find' | 'update' | 'endSessions' | 'keep' | 'tell' | 'record' | 'signedIn'
>

/** Every change of a connection ends here: kept as a version and recorded. Throws `precondition_failed`. */
export async function settleChange(
  keeper: ChangeKeeper,
  current: Connection,
  draft: ConnectionDraft,
  { action, now, author, restored }: ChangeRecord,
): Promise<Connection> {
  const { id, version } = current
  await requireProven(current, draft, keeper.signedIn)
  if (!(await keeper.update(id, version, draft, now))) throw new Problem('precondition_failed')
  const ended = losesSessions(current, draft) ? await keeper.endSessions(id, now) : []
  const changed = await mustFind(keeper, id)
  await keeper.keep(changed, author)
  await keeper.tell(changeOf(current, changed))
  const came = { restored_version: restored, sessions_ended: ended.length || undefined }
  await keeper.record(author, connectionChange(action, current, changed, came))
  return changed
}

// Switched off, of another tenant or another identity provider: nobody is in any more who came in before.
function losesSessions(before: Connection, { settings: after }: ConnectionDraft): boolean {
  const other = before.tenant !== after.tenant || before.issuer !== after.issuer
  return other || (before.enabled && !after.enabled)
}

/** An address that nobody has fetched here yet is fetched as soon as somebody looks. */
export async function dueMetadata(
  keeper: ConnectionKeeper,
  id: string,
  { settings }: ConnectionDraft,
  current: Connection | undefined,
  now: Date,
): Promise<void> {
  const { metadata_url: url } = settings
  if (url === null) await keeper.forgetMetadata(id)
  else if (url !== current?.metadata_url) await keeper.keepMetadata(dueState(id, url, settings, now))
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
