// The verb by which sessions end before their time, whoever wants it: the person, the operator, the identity provider, a stolen token.

import type { Author, Change, Recorder } from '../audit/event.ts'
import { type SessionFilter, secretHash } from './session.ts'

/** What this verb may use. `end` deletes and tells the revocation feed in one transaction; `onEnded` hears of it here at once. */
export interface EndDeps {
  end: (which: SessionFilter, now: Date) => Promise<string[]>
  onEnded: (sids: readonly string[]) => void
  clock: () => Date
}

/** Ends every session that fits all given members, at least one; answers their sids. */
export function endSessions({ end, onEnded, clock }: EndDeps) {
  return async (which: SessionFilter): Promise<string[]> => {
    const sids = await end(which, clock())
    if (sids.length > 0) onEnded(sids)
    return sids
  }
}

/** Ends the session that a cookie opens; answers whether there was one. */
export function endSession(deps: EndDeps) {
  const end = endSessions(deps)
  return async (secret: string): Promise<boolean> => (await end({ secret_hash: secretHash(secret) })).length > 0
}

/** What ending sessions on somebody's order may use; `end` and `record` in one transaction. */
export interface OrderDeps extends Omit<EndDeps, 'end'> {
  transaction: <T>(work: (keeper: Pick<EndDeps, 'end'> & { record: Recorder }) => Promise<T>) => Promise<T>
}

/** Ends every session that fits because an operator wants it, and records that; nothing is recorded where there was none. */
export function endSessionsByOrder({ transaction, onEnded, clock }: OrderDeps) {
  return async (which: SessionFilter, author: Author): Promise<string[]> => {
    const sids = await transaction(async ({ end, record }) => {
      const ended = await end(which, clock())
      if (ended.length > 0) await record(author, sessionsEnded(which, ended))
      return ended
    })
    onEnded(sids)
    return sids
  }
}

// More sids than a page of the log should hold are counted only; the revocation feed has them all.
const mostSids = 1000

function sessionsEnded({ secret_hash: _, ...filter }: SessionFilter, sids: readonly string[]): Change {
  return {
    ...{ action: 'sessions.ended', subject_type: 'sessions', subject_id: filter.sid ?? null, trust: false },
    before: null,
    after: { filter, count: sids.length, sids: sids.slice(0, mostSids) },
  }
}
