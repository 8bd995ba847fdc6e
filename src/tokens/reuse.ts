// A token that was minted for a session and a client serves again while more than half of its life is to come: minting is most of
// what a verdict costs. It is kept beside the session in memory and goes with it; a session or a client that was read anew has none,
// and a key that was taken out takes its tokens along.

import type { Client } from '../clients/client.ts'
import type { Session } from '../sessions/session.ts'
import type { Minted } from './mint.ts'
import type { KeyRecord } from './signing-key.ts'

interface Kept {
  client: Client
  minted: Minted
  from: number
  until: number
}

/** What reuse stands before. */
export interface ReuseDeps {
  mint: (session: Session, client: Client) => Promise<Minted>
  keys: () => Promise<readonly KeyRecord[]>
  clock: () => Date
  /** Told of each token that serves again. */
  onReuse?: () => void
}

/** Puts reuse before `mint`. */
export function reuseTokens({ mint, keys, clock, onReuse }: ReuseDeps) {
  const bySession = new WeakMap<Session, Map<string, Kept>>()
  return async (session: Session, client: Client): Promise<Minted> => {
    const from = clock().getTime()
    const kept = bySession.get(session) ?? new Map<string, Kept>()
    const found = kept.get(client.client_id)
    const timely = found && found.client === client && found.from <= from && from < found.until
    if (timely && (await keys()).some(key => key.kid === found.minted.kid)) {
      onReuse?.()
      return found.minted
    }
    const minted = await mint(session, client)
    kept.set(client.client_id, { client, minted, from, until: from + (minted.expiresAt - from) / 2 })
    bySession.set(session, kept)
    return minted
  }
}
