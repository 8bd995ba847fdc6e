// The signing keys at hand: read from the database at most every few seconds, so that replicas follow each other; served from
// memory while the database is away.

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

const freshFor = 5_000

/** Opens the keyring; `keys` is what is known now, `refresh` reads the database and throws when it cannot. */
export function openKeyring({ list, open, clock, onError }: KeyringDeps) {
  let known: SigningKey[] = []
  let readAt = Number.NEGATIVE_INFINITY

  const refresh = async (): Promise<void> => {
    const sealed = await list()
    known = await Promise.all(
      sealed.map(one => known.find(key => key.kid === one.kid && sameTimes(key, one)) ?? opened(one)),
    )
    readAt = clock().getTime()
  }
  const opened = ({ sealed_private_jwk, ...record }: SealedKey): Promise<SigningKey> =>
    openSigningKey(record, JSON.parse(open(sealed_private_jwk, sealContext(record.kid)).toString()))

  return {
    refresh,
    async keys(): Promise<readonly SigningKey[]> {
      if (clock().getTime() - readAt >= freshFor)
        await refresh().catch(error => (known.length > 0 ? onError(error) : Promise.reject(error)))
      return known
    },
  }
}

function sameTimes(a: KeyRecord, b: KeyRecord): boolean {
  const times = (key: KeyRecord) => JSON.stringify([key.signs_from, key.signs_until, key.published_until])
  return times(a) === times(b)
}

/** The signing keys at hand. */
export type Keyring = ReturnType<typeof openKeyring>
