// The wiring of keys: the keyrings, the verbs that roll keys, and what is done about keys every minute.

import { recorder } from './app-audit.ts'
import { system } from './audit/event.ts'
import { spKeyStore } from './connections/sp-key-store.ts'
import { openSpKeys } from './connections/sp-keyring.ts'
import { activateSpKey, keepSpKeys, publishSpKey, retireSpKey, type SpKeyDeps } from './connections/sp-rotation.ts'
import type { KeyDeps } from './http/keys.ts'
import { reseal, sealedOtherwise } from './reseal.ts'
import { openKeyring } from './tokens/keyring.ts'
import { type RotateDeps, rotateKeys } from './tokens/rotate.ts'
import { isIdle, planRotation } from './tokens/rotation.ts'
import { keyStore, lockKeys } from './tokens/store.ts'
import type { World } from './world.ts'

/** What the wiring of keys stands on. */
export type KeyWorld = Pick<World, 'config' | 'db' | 'sealer' | 'logger' | 'clock' | 'random' | 'makeRsaPair'>

/** Opens both keyrings. */
export function openKeyrings({ db, sealer, clock, logger }: KeyWorld) {
  const onError = (err: unknown) => logger.warn({ err }, 'going on with the keys that are known')
  return {
    keyring: openKeyring({ list: keyStore(db).list, open: sealer.open, clock, onError }),
    spKeys: openSpKeys({ list: spKeyStore(db).list, open: sealer.open, clock, onError }),
  }
}

/** The verb that rotates signing keys, in a transaction that locks and tells the log. */
export function signingKeyRotation(world: Omit<KeyWorld, 'random' | 'makeRsaPair'>): ReturnType<typeof rotateKeys> {
  const { db, sealer, clock, logger } = world
  const deps: RotateDeps = {
    ...{ seal: sealer.seal, clock, policy: policyOf(world) },
    transaction: work =>
      db.transaction(async tx => {
        await lockKeys(tx)
        return work({ ...keyStore(tx), record: recorder(tx, clock) })
      }),
    told: ({ forget, make }, occasion) =>
      logger[occasion === 'leaked' ? 'warn' : 'info']({ occasion, ...make, forgotten: forget }, 'signing keys rotate'),
  }
  return rotateKeys(deps)
}

/** The verbs behind the doors of keys. Each answers what the database says, not what is remembered. */
export function keyVerbs(world: KeyWorld, { keyring, spKeys }: ReturnType<typeof openKeyrings>): KeyDeps {
  const rotate = signingKeyRotation(world)
  const [keys, sp, deps] = [keyStore(world.db), spKeyStore(world.db), spKeyDeps(world)]
  const [publish, activate, retire] = [publishSpKey(deps), activateSpKey(deps), retireSpKey(deps)]
  const fresh = async <T>(done: Promise<T>): Promise<T> => {
    const answer = await done
    await Promise.all([keyring.refresh(), spKeys.refresh()])
    return answer
  }
  return {
    clock: world.clock,
    signingKeys: { list: keys.list, rotate: (occasion, author) => fresh(rotate(occasion, author)) },
    spKeys: {
      list: sp.list,
      publish: (line, author) => fresh(publish(line, author)),
      activate: (id, author) => fresh(activate(id, author)),
      retire: (id, author) => fresh(retire(id, author)),
    },
  }
}

/** What is done about keys every minute: rotate what is due, seal anew what an old ENCRYPTION_KEY sealed. */
export function keepKeys(world: KeyWorld): (signal: AbortSignal) => Promise<void> {
  const { config, db, clock } = world
  const [rotate, sp] = [signingKeyRotation(world), spKeyStore(db)]
  const keepSp = config.spKeyLifetime === undefined ? undefined : keepSpKeys(spKeyDeps(world), config.spKeyLifetime)
  const resealing = keepSealed(world)
  return async signal => {
    if (!isIdle(planRotation(await keyStore(db).list(), clock(), policyOf(world)))) await rotate('time', system)
    await keepSp?.(await sp.list())
    await resealing(signal)
  }
}

function keepSealed({ config: { encryptionKeyOld }, db, sealer, logger, clock }: KeyWorld) {
  let told = false
  return async (signal: AbortSignal): Promise<void> => {
    const { resealed, left } = await reseal(db, { sealer, clock }, encryptionKeyOld, signal)
    if (resealed > 0) logger.info({ resealed }, 'sealed anew under ENCRYPTION_KEY')
    if (left > 0) logger.warn({ left }, 'sealed values do not open')
    if (!encryptionKeyOld || (told && resealed === 0) || (await sealedOtherwise(db, sealer)) > 0) return
    told = true
    logger.info('nothing is sealed under ENCRYPTION_KEY_OLD: it may go once no replica runs with it as ENCRYPTION_KEY')
  }
}

function spKeyDeps({ config, db, sealer, logger, clock, random, makeRsaPair }: KeyWorld): SpKeyDeps {
  return {
    ...{ makeRsaPair, random, clock, seal: sealer.seal, host: new URL(config.publicUrl).hostname },
    transaction: work =>
      db.transaction(async tx => {
        await lockKeys(tx)
        return work({ ...spKeyStore(tx), record: recorder(tx, clock) })
      }),
    told: (step, { id, purpose, connection_id }) =>
      logger.info({ step, id, purpose, connection: connection_id }, 'an SP key changes'),
  }
}

function policyOf({ config }: Pick<KeyWorld, 'config'>) {
  return { alg: config.tokenAlg, lifetime: config.keyLifetime }
}
