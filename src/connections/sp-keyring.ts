// The SP keys at hand, opened: read from the database at most every few seconds, served from memory while it is away. One that
// this replica cannot open is left out and told of.

import { Problem } from '../problem.ts'
import { recent } from '../recent.ts'
import type { SigningKey } from '../saml/authn-request.ts'
import {
  decryptionKeysFor,
  openSpKey,
  publishedKeysFor,
  type SealedSpKey,
  type SpKey,
  signingKeyFor,
} from './sp-key.ts'

/** What the keyring may use. */
export interface SpKeyringDeps {
  list: () => Promise<SealedSpKey[]>
  open: (sealed: Buffer, context: string) => Buffer
  clock: () => Date
  onError: (error: unknown) => void
}

/** Opens the keyring. */
export function openSpKeys({ list, open, clock, onError }: SpKeyringDeps) {
  const opened = new Map<string, SpKey>()

  const opening = (kept: SealedSpKey): SpKey | undefined => {
    const { sealed_private_key: _, ...record } = kept
    const known = opened.get(kept.id)
    try {
      return known ? { ...known, ...record } : openSpKey(kept, open)
    } catch (error) {
      onError(error)
      return undefined
    }
  }
  const read = async (): Promise<SpKey[]> => {
    const keys = (await list()).map(opening).filter(key => key !== undefined)
    opened.clear()
    for (const key of keys) opened.set(key.id, key)
    return keys
  }
  const ring = recent({ read, clock, onError })

  return {
    refresh: ring.refresh,
    /** The key that signs requests and metadata. */
    async signing(connectionId: string): Promise<SigningKey> {
      const key = signingKeyFor(await ring.get(), connectionId)
      if (!key) throw new Problem('unavailable', { cause: new Error('No SP signing key is there') })
      return { privateKey: key.privateKey, certificate: key.bare }
    },
    /** Every key that something may be encrypted for, retired ones too. */
    async decryption(connectionId: string) {
      return decryptionKeysFor(await ring.get(), connectionId).map(key => key.privateKey)
    },
    /** The keys whose certificates our metadata states. */
    async published(connectionId: string): Promise<SpKey[]> {
      return publishedKeysFor(await ring.get(), connectionId)
    },
  }
}

/** The SP keys at hand. */
export type SpKeyring = ReturnType<typeof openSpKeys>
