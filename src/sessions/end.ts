// The verb by which sessions end before their time, whoever wants it: the person, the operator, the identity provider, a stolen token.

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
    onEnded(sids)
    return sids
  }
}

/** Ends the session that a cookie opens; answers whether there was one. */
export function endSession(deps: EndDeps) {
  const end = endSessions(deps)
  return async (secret: string): Promise<boolean> => (await end({ secret_hash: secretHash(secret) })).length > 0
}
