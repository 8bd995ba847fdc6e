// The verb that verifies: walks the chain from its beginning, or from an event that was verified before, and says where it breaks.

import { type AuditEvent, canonical, genesis, type Head, hashOf } from './event.ts'

/** An event as the database has it: what was hashed stands in it as text. */
export type RawEvent = Omit<AuditEvent, 'before' | 'after'> & { before: string | null; after: string | null }

/** What a walk may read. */
export interface VerifyDeps {
  /** Events in their order, from after `seq`. */
  read: (seq: number, limit: number) => Promise<RawEvent[]>
  head: () => Promise<Head | undefined>
  /** An event by its hash. */
  find: (hash: string) => Promise<Head | undefined>
}

/** What was kept elsewhere: hashes, in hex, of an event to begin after, and of one that must be on the chain. */
export interface Kept {
  from?: string | undefined
  head?: string | undefined
}

/** How a chain stands: whole, with how many events were walked and where it ends; or the first event that does not fit. */
export type Verdict = { whole: true; walked: number; head: Head } | { whole: false; seq: number; why: string }

const batch = 1000

/** Walks the chain; events that are recorded meanwhile are walked too. */
export function verifyChain(deps: VerifyDeps) {
  return async ({ from, head: kept }: Kept): Promise<Verdict> => {
    const start = from === undefined ? genesis : await deps.find(from)
    if (!start) return broken(0, `no event has the hash ${from}, from which to begin`)
    let [last, walked, seen] = [start, 0, kept === undefined || kept === start.hash]
    for (;;) {
      const events = await deps.read(last.seq, batch)
      for (const event of events) {
        const why = mistakeOf(event, last)
        if (why !== undefined) return broken(last.seq + 1, why)
        last = { seq: event.seq, hash: event.hash }
        walked += 1
        seen ||= last.hash === kept
      }
      if (events.length > 0) continue
      const end = await deps.head()
      const more = end !== undefined && end.seq > last.seq && (await deps.read(last.seq, 1)).length > 0
      if (more) continue
      if (end?.seq !== last.seq || end.hash !== last.hash)
        return broken(last.seq + 1, `the chain ends at event ${last.seq}, and audit_head says ${end?.seq ?? 'nothing'}`)
      if (!seen) return broken(0, `no event has the hash ${kept}, which was kept: the chain is another one, or shorter`)
      return { whole: true, walked, head: last }
    }
  }
}

function broken(seq: number, why: string): Verdict {
  return { whole: false, seq, why }
}

// What does not fit between an event and the one before it.
function mistakeOf(event: RawEvent, last: Head): string | undefined {
  if (event.seq !== last.seq + 1) return `it is missing: event ${event.seq} follows event ${last.seq}`
  if (event.previous_hash !== last.hash) return 'it does not name the hash of the event before it'
  const read = parsed(event)
  if (!read) return 'its content is not what is recorded'
  return hashOf(read) === event.hash ? undefined : 'its content does not have its hash: one of them was changed'
}

function parsed({ hash: _, before, after, ...event }: RawEvent): Omit<AuditEvent, 'hash'> | undefined {
  try {
    const read = { ...event, before: object(before), after: object(after) }
    return canonicalOr(read.before) === before && canonicalOr(read.after) === after ? read : undefined
  } catch {
    return undefined
  }
}

function object(text: string | null): object | null {
  return text === null ? null : JSON.parse(text)
}

function canonicalOr(value: object | null): string | null {
  return value === null ? null : canonical(value)
}
