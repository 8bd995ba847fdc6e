// The operator's doors to our keys: those that sign tokens, and those that speak SAML. No private half passes them.

import { createHash, X509Certificate } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Author } from '../audit/event.ts'
import { type SealedSpKey, type SpKeyRecord, spKeyState } from '../connections/sp-key.ts'
import type { SpKeyLine } from '../connections/sp-rotation.ts'
import { Problem } from '../problem.ts'
import type { Occasion } from '../tokens/rotation.ts'
import { type KeyRecord, keyState } from '../tokens/signing-key.ts'
import { authorOf } from './author.ts'
import type { Doors } from './send.ts'

/** The verbs behind these doors. */
export interface KeyDeps {
  clock: () => Date
  signingKeys: { list: () => Promise<KeyRecord[]>; rotate: (occasion: Occasion, author: Author) => Promise<unknown> }
  spKeys: {
    list: () => Promise<SealedSpKey[]>
    publish: (line: SpKeyLine, author: Author) => Promise<SpKeyRecord>
    activate: (id: string, author: Author) => Promise<SpKeyRecord>
    retire: (id: string, author: Author) => Promise<SpKeyRecord>
  }
}

/** The doors of keys. */
export function keyDoors({ clock, signingKeys, spKeys }: KeyDeps): Doors {
  const listed = async () => {
    const [keys, now] = [await signingKeys.list(), clock()]
    return { items: keys.map(key => showSigningKey(key, now)) }
  }
  const one = async (id: string) => {
    const keys = await spKeys.list()
    const key = keys.find(found => found.id === id)
    if (!key) throw new Problem('not_found')
    return showSpKey(key, keys)
  }
  return {
    listSigningKeys: listed,
    rotateSigningKeys: async request => {
      const { leaked } = request.body as { leaked?: boolean }
      await signingKeys.rotate(leaked ? 'leaked' : 'asked', authorOf(request))
      return listed()
    },
    listSpKeys: async request => {
      const { connection } = request.query as { connection?: string }
      const keys = await spKeys.list()
      const asked = keys.filter(key => connection === undefined || key.connection_id === connection)
      return { items: asked.map(key => showSpKey(key, keys)) }
    },
    rotateSpKey: async request => {
      const { purpose, connection = null } = request.body as Pick<SpKeyLine, 'purpose'> & { connection?: string | null }
      return one((await spKeys.publish({ purpose, connection_id: connection }, authorOf(request))).id)
    },
    activateSpKey: async request => one((await spKeys.activate(idOf(request), authorOf(request))).id),
    retireSpKey: async request => one((await spKeys.retire(idOf(request), authorOf(request))).id),
  }
}

/** A signing key as the API shows it: named members only, so that nothing private can slip in. */
export function showSigningKey(key: KeyRecord, now: Date): object {
  const { kid, alg, public_jwk, created_at, signs_from, signs_until, published_until } = key
  return { kid, alg, state: keyState(key, now), public_jwk, created_at, signs_from, signs_until, published_until }
}

/** An SP key as the API shows it; `sha256` is the fingerprint that consoles of identity providers show. */
export function showSpKey(key: SealedSpKey, keys: readonly SealedSpKey[]): object {
  const { id, purpose, connection_id, certificate, created_at, activated_at, retired_at } = key
  const x509 = new X509Certificate(certificate)
  return {
    ...{ id, purpose, connection: connection_id, state: spKeyState(key, keys), certificate },
    sha256: createHash('sha256').update(x509.raw).digest('hex'),
    not_after: new Date(x509.validTo),
    ...{ created_at, activated_at, retired_at },
  }
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}
