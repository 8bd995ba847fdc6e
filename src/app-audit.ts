// The wiring of the audit log: how the verbs of other rooms record what they change, and what the doors read.

import { changedMessage } from './app-webhooks.ts'
import type { Recorder } from './audit/event.ts'
import { recordChanges } from './audit/record.ts'
import { auditStore } from './audit/store.ts'
import { connectionStore } from './connections/store.ts'
import { versionStore } from './connections/version-store.ts'
import type { Queryable } from './db/pool.ts'
import { type AuditDeps, auditDoors } from './http/audit.ts'
import type { Doors } from './http/send.ts'
import type { SessionStore } from './sessions/store.ts'

/** Records in the transaction `tx`: what it is told of is kept or undone with it. Call it last, as it locks the end of the chain. */
export function recorder(tx: Queryable, clock: () => Date): Recorder {
  return recordChanges({ ...auditStore(tx), clock })
}

/** What every change of a connection does, in the transaction `tx`. */
export function changeKeeper(tx: Queryable, clock: () => Date, end: SessionStore['end']) {
  const endSessions = (id: string, now: Date) => end({ connection_id: id }, now)
  const heard = { tell: changedMessage(tx, clock), record: recorder(tx, clock) }
  return { ...connectionStore(tx), ...versionStore(tx), endSessions, ...heard }
}

/** The doors of the audit log and of the versions of connections. */
export function auditLog(db: Queryable, connections: AuditDeps['connections']): Doors {
  const [audit, versions] = [auditStore(db), versionStore(db)]
  return auditDoors({
    events: (which, before, limit) => audit.list({ ...which, before, limit }),
    versions: versions.versions,
    version: versions.version,
    connections,
  })
}
