// What an empty database is given before anybody knocks: the default client, a signing key, SP keys, an admin key. Any number of
// replicas may do this at once; a transaction lock lets one of them.

import { createHash, type KeyObject } from 'node:crypto'
import { defaultClientId } from './clients/client.ts'
import { clientStore } from './clients/store.ts'
import type { Config } from './config.ts'
import { type SpKeyPurpose, spCertificate, spKeyContext } from './connections/sp-key.ts'
import { spKeyStore } from './connections/sp-key-store.ts'
import type { Db, Queryable } from './db/pool.ts'
import type { Sealer } from './seal.ts'
import { sealContext } from './tokens/keyring.ts'
import { makeSigningKey } from './tokens/signing-key.ts'
import { keyStore } from './tokens/store.ts'

/** What a first start needs. */
export interface FirstStart {
  db: Db
  config: Pick<Config, 'publicUrl' | 'tokenAlg' | 'adminApiKey'>
  sealer: Sealer
  clock: () => Date
  random: (bytes: number) => Buffer
  /** An RSA pair for SAML. */
  makeRsaPair: () => Promise<{ publicKey: KeyObject; privateKey: KeyObject }>
}

/** What a start hands back: an admin key that was made just now, to be shown once, and the hash of the one that counts. */
export interface Furnished {
  newAdminKey: string | undefined
  adminKeyHash: Buffer
}

const lock = 4_715_062_203

/** Furnishes what is missing; what is there stays. */
export function furnish(start: FirstStart): Promise<Furnished> {
  return start.db.transaction(async tx => {
    await tx.query('select pg_advisory_xact_lock($1)', [lock])
    await defaultClient(tx, start)
    await signingKey(tx, start)
    await spKey(tx, start, 'signing')
    await spKey(tx, start, 'encryption')
    return adminKey(tx, start)
  })
}

async function defaultClient(tx: Queryable, { config: { publicUrl }, clock }: FirstStart): Promise<void> {
  const settings = {
    client_id: defaultClientId,
    name: 'Default client',
    audience: publicUrl,
    redirect_uris: [],
    origins: [publicUrl],
    post_logout_redirect_uris: [],
    token_ttl: null,
    confidential: false,
    jwks: null,
    connections: [],
  }
  await clientStore(tx).insert(settings, null, clock())
}

async function signingKey(tx: Queryable, { config: { tokenAlg }, sealer, clock }: FirstStart): Promise<void> {
  const store = keyStore(tx)
  const keys = await store.list()
  for (const { kid, sealed_private_jwk } of keys) mustOpen(sealer, sealed_private_jwk, sealContext(kid))
  if (keys.some(key => key.alg === tokenAlg && key.signs_until === null)) return
  const { record, privateJwk } = await makeSigningKey(tokenAlg, clock())
  const sealed = sealer.seal(Buffer.from(JSON.stringify(privateJwk)), sealContext(record.kid))
  await store.insert({ ...record, sealed_private_jwk: sealed })
}

// Better not to start than to find out at the first token.
function mustOpen(sealer: Sealer, sealed: Buffer, context: string): void {
  try {
    sealer.open(sealed, context)
  } catch (cause) {
    throw new Error('ENCRYPTION_KEY is not the one that sealed the keys in this database', { cause })
  }
}

async function spKey(tx: Queryable, start: FirstStart, purpose: SpKeyPurpose): Promise<void> {
  const { config, sealer, clock, random, makeRsaPair } = start
  const store = spKeyStore(tx)
  if (
    (await store.list()).some(key => key.purpose === purpose && key.connection_id === null && key.retired_at === null)
  )
    return
  const pair = await makeRsaPair()
  const id = random(10).toString('hex')
  const now = clock()
  const der = pair.privateKey.export({ type: 'pkcs8', format: 'der' })
  await store.insert({
    id,
    purpose,
    connection_id: null,
    certificate: spCertificate(purpose, new URL(config.publicUrl).hostname, pair, random(16), now),
    sealed_private_key: sealer.seal(der, spKeyContext(id)),
    created_at: now,
    retired_at: null,
  })
}

async function adminKey(tx: Queryable, { config: { adminApiKey }, clock, random }: FirstStart): Promise<Furnished> {
  if (adminApiKey !== undefined) return { newAdminKey: undefined, adminKeyHash: hash(adminApiKey) }
  const [kept] = await tx.query<{ hash: Buffer }>(`select hash from secrets where name = 'admin_api_key'`)
  if (kept) return { newAdminKey: undefined, adminKeyHash: kept.hash }
  const made = random(32).toString('base64url')
  await tx.query(`insert into secrets (name, hash, created_at) values ('admin_api_key', $1, $2)`, [hash(made), clock()])
  return { newAdminKey: made, adminKeyHash: hash(made) }
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
