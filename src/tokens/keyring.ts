// The signing keys at hand: read from the database at most every few seconds, so that replicas follow each other; served from
// memory while the database is away. A key that this replica cannot open is published all the same: another one signs with it.

import { recent } from '../recent.ts'
import { type KeyRecord, openSigningKey, type SigningKey } from './signing-key.ts'

/** A kept key with its sealed private half. */
export type SealedKey = KeyRecord & { sealed_private_jwk: Buffer }

/** What the keyring may use. */
export interface KeyringDeps {
  list: () => Promise<SealedKey[]>
  open: (sealed: Buffer, context: string) => Buffer
  clock: () => Date
  onError: (error: unknown) => void
}

/** The additional data under which a signing key is sealed. */
export const sealContext = (kid: string): string => `signing-key:${kid}`

/** Opens the keyring: `keys` can sign, `published` is every key; `refresh` reads the database and throws when it cannot. */
export function openKeyring({ list, open, clock, onError }: KeyringDeps) {
  const opened = new Map<string, SigningKey>()

  const opening = async ({ sealed_private_jwk, ...record }: SealedKey): Promise<SigningKey | undefined> => {
    const known = opened.get(record.kid)
    if (known) return { ...record, privateKey: known.privateKey }
    try {
      return await openSigningKey(record, JSON.parse(open(sealed_private_jwk, sealContext(record.kid)).toString()))
    } catch (error) {
      onError(error)
      return undefined
    }
  }
  const read = async () => {
    const sealed = await list()
    const keys = (await Promise.all(sealed.map(opening))).filter(key => key !== undefined)
    opened.clear()
    for (const key of keys) opened.set(key.kid, key)
    const published: KeyRecord[] = sealed.map(({ sealed_private_jwk: _, ...record }) => record)
    return { keys, published }
  }
  const ring = recent({ read, clock, onError })

  return {
    refresh: async (): Promise<void> => void (await ring.refresh()),
    keys: async (): Promise<readonly SigningKey[]> => (await ring.get()).keys,
    published: async (): Promise<readonly KeyRecord[]> => (await ring.get()).published,
  }
}

/** The signing keys at hand. */
export type Keyring = ReturnType<typeof openKeyring>
