// The SP keys at hand, opened: read from the database at most every few seconds, served from memory while it is away.

import { Problem } from '../problem.ts'
import type { SigningKey } from '../saml/authn-request.ts'
import { keysFor, openSpKey, type SealedSpKey, type SpKey } from './sp-key.ts'

/** What the keyring may use. */
export interface SpKeyringDeps {
  list: () => Promise<SealedSpKey[]>
  open: (sealed: Buffer, context: string) => Buffer
  clock: () => Date
  onError: (error: unknown) => void
}

const freshFor = 5_000

/** Opens the keyring. Keys for a connection are its own where it has any, else the service's. */
export function openSpKeys({ list, open, clock, onError }: SpKeyringDeps) {
  const opened = new Map<string, SpKey>()
  let known: SpKey[] = []
  let readAt = Number.NEGATIVE_INFINITY

  const refresh = async () => {
    const sealed = await list()
    for (const one of sealed) if (!opened.has(one.id)) opened.set(one.id, openSpKey(one, open))
    known = sealed.map(one => ({ ...(opened.get(one.id) as SpKey), retired: one.retired_at !== null }))
    readAt = clock().getTime()
  }
  const keys = async () => {
    if (clock().getTime() - readAt >= freshFor)
      await refresh().catch(error => (known.length > 0 ? onError(error) : Promise.reject(error)))
    return known
  }

  return {
    /** The key that signs requests and metadata. */
    async signing(connectionId: string): Promise<SigningKey> {
      const [key] = keysFor(await keys(), 'signing', connectionId).filter(one => !one.retired)
      if (!key) throw new Problem('unavailable', { cause: new Error('No SP signing key is there') })
      return { privateKey: key.privateKey, certificate: key.bare }
    },
    /** Every key that something may be encrypted for, retired ones too. */
    async decryption(connectionId: string) {
      return keysFor(await keys(), 'encryption', connectionId).map(key => key.privateKey)
    },
    /** The keys whose certificates our metadata states. */
    async published(connectionId: string): Promise<SpKey[]> {
      const all = await keys()
      return (['signing', 'encryption'] as const)
        .flatMap(purpose => keysFor(all, purpose, connectionId))
        .filter(one => !one.retired)
    },
  }
}

/** The SP keys at hand. */
export type SpKeyring = ReturnType<typeof openSpKeys>
