// What an empty database is given before anybody knocks: the default client, a signing key, SP keys, an admin key. Any number of
// replicas may do this at once; a transaction lock lets one of them.

import { createHash } from 'node:crypto'
import { recorder } from './app-audit.ts'
import { type Change, type Recorder, system } from './audit/event.ts'
import { defaultClientId } from './clients/client.ts'
import { clientChange } from './clients/history.ts'
import { clientStore } from './clients/store.ts'
import type { Config } from './config.ts'
import { type SpKeyMaking, spKeyContext } from './connections/sp-key.ts'
import { spKeyStore } from './connections/sp-key-store.ts'
import { firstSpKey } from './connections/sp-rotation.ts'
import type { Db, Queryable } from './db/pool.ts'
import { unopenable } from './reseal.ts'
import type { Sealer } from './seal.ts'
import { sealContext } from './tokens/keyring.ts'
import { rotateKeys } from './tokens/rotate.ts'
import { keyStore, lockKeys } from './tokens/store.ts'

/** What a first start needs. */
export interface FirstStart {
  db: Db
  config: Pick<Config, 'publicUrl' | 'tokenAlg' | 'keyLifetime' | 'adminApiKey'>
  sealer: Sealer
  clock: () => Date
  random: (bytes: number) => Buffer
  /** An RSA pair for SAML. */
  makeRsaPair: SpKeyMaking['makeRsaPair']
}

/** What a start hands back: an admin key that was made just now, to be shown once, and the hash of the one that counts. */
export interface Furnished {
  newAdminKey: string | undefined
  adminKeyHash: Buffer
}

const lock = 4_715_062_203
// Several replicas may wait here for one that makes RSA keys on a slow machine.
const patienceMs = 120_000

/** Furnishes what is missing, and records that; what is there stays. */
export function furnish(start: FirstStart): Promise<Furnished> {
  return start.db.transaction(
    async tx => {
      await tx.query('select pg_advisory_xact_lock($1)', [lock])
      await lockKeys(tx)
      await mustOpen(tx, start)
      const changes: Change[] = []
      const record: Recorder = async (_, ...made) => void changes.push(...made)
      await defaultClient(tx, start, record)
      await signingKey(tx, start, record)
      await spKeys(tx, start, record)
      const furnished = await adminKey(tx, start, record)
      await recorder(tx, start.clock)(system, ...changes)
      return furnished
    },
    { timeoutMs: patienceMs },
  )
}

async function defaultClient(
  tx: Queryable,
  { config: { publicUrl }, clock }: FirstStart,
  record: Recorder,
): Promise<void> {
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
  if (!(await clientStore(tx).insert(settings, null, clock()))) return
  await record(system, clientChange('client.created', undefined, await clientStore(tx).find(defaultClientId)))
}

// Better not to start than to find out at the first token.
async function mustOpen(tx: Queryable, { sealer }: FirstStart): Promise<void> {
  const strange = await unopenable(tx, sealer)
  const said = strange.map(({ column, count }) => `${count} in ${column}`).join(', ')
  if (said !== '') throw refusal(`it does not open what is sealed here: ${said}`)
  try {
    for (const one of await keyStore(tx).list()) sealer.open(one.sealed_private_jwk, sealContext(one.kid))
    for (const one of await spKeyStore(tx).list()) sealer.open(one.sealed_private_key, spKeyContext(one.id))
  } catch (cause) {
    throw refusal('a private key does not open', cause)
  }
}

function refusal(reason: string, cause?: unknown): Error {
  const message = `ENCRYPTION_KEY is not the one that sealed this database: ${reason}. If it was changed, give the one before it as ENCRYPTION_KEY_OLD`
  return new Error(message, { cause })
}

async function signingKey(tx: Queryable, { config, sealer, clock }: FirstStart, record: Recorder): Promise<void> {
  const policy = { alg: config.tokenAlg, lifetime: config.keyLifetime }
  const keeper = { ...keyStore(tx), record }
  await rotateKeys({ transaction: work => work(keeper), seal: sealer.seal, clock, policy })('start', system)
}

async function spKeys(tx: Queryable, start: FirstStart, record: Recorder): Promise<void> {
  const { config, sealer, clock, random, makeRsaPair } = start
  const making = { makeRsaPair, random, seal: sealer.seal, host: new URL(config.publicUrl).hostname, clock }
  for (const purpose of ['signing', 'encryption'] as const)
    await firstSpKey(making, { ...spKeyStore(tx), record }, purpose)
}

async function adminKey(tx: Queryable, start: FirstStart, record: Recorder): Promise<Furnished> {
  const {
    clock,
    random,
    config: { adminApiKey },
  } = start
  if (adminApiKey !== undefined) return { newAdminKey: undefined, adminKeyHash: hash(adminApiKey) }
  const [kept] = await tx.query<{ hash: Buffer }>(`select hash from secrets where name = 'admin_api_key'`)
  if (kept) return { newAdminKey: undefined, adminKeyHash: kept.hash }
  const made = random(32).toString('base64url')
  await tx.query(`insert into secrets (name, hash, created_at) values ('admin_api_key', $1, $2)`, [hash(made), clock()])
  const after = { name: 'admin_api_key' }
  await record(system, {
    action: 'admin_key.made',
    subject_type: 'admin_key',
    subject_id: null,
    trust: true,
    before: null,
    after,
  })
  return { newAdminKey: made, adminKeyHash: hash(made) }
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
