// The wiring of the audit log: how the verbs of other rooms record what they change.

import type { Recorder } from './audit/event.ts'
import { recordChanges } from './audit/record.ts'
import { auditStore } from './audit/store.ts'
import type { Queryable } from './db/pool.ts'

/** Records in the transaction `tx`: what it is told of is kept or undone with it. Call it last, as it locks the end of the chain. */
export function recorder(tx: Queryable, clock: () => Date): Recorder {
  return recordChanges({ ...auditStore(tx), clock })
}
