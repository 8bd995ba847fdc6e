// The verb that records: the end of the chain is locked until the transaction is over, so replicas add one after the other.

import { type AuditEvent, type Head, link, type Recorder } from './event.ts'

/** What recording may do to the world, in the transaction of the change. */
export interface RecordDeps {
  /** The end of the chain, locked until the transaction is over. */
  lockHead: () => Promise<Head>
  /** Keeps events that follow each other, and makes the last of them the end. */
  append: (events: readonly AuditEvent[]) => Promise<void>
  clock: () => Date
}

/** Records changes by one author, in their order; nothing for none. */
export function recordChanges({ lockHead, append, clock }: RecordDeps): Recorder {
  return async (author, ...changes) => {
    if (changes.length === 0) return
    let head = await lockHead()
    const at = clock()
    const events = changes.map(change => {
      const event = link(head, author, change, at)
      head = event
      return event
    })
    await append(events)
  }
}
