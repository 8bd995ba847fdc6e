// The verb of the seal: carries a rotation out. The transaction that it is given locks first, so the plan is decided by what the
// last one left behind.

import type { Author, Change, Recorder } from '../audit/event.ts'
import { type SealedKey, sealContext } from './keyring.ts'
import { isIdle, type Occasion, planRotation, type RotationPlan, type RotationPolicy } from './rotation.ts'
import { type KeyTimes, makeSigningKey } from './signing-key.ts'

/** What a rotation changes. */
export interface KeyKeeper {
  list: () => Promise<SealedKey[]>
  insert: (key: SealedKey) => Promise<void>
  change: (times: KeyTimes) => Promise<void>
  forget: (kids: readonly string[]) => Promise<void>
  record: Recorder
}

/** What a rotation may use; `told` hears of each that did something. */
export interface RotateDeps {
  transaction: <T>(work: (keeper: KeyKeeper) => Promise<T>) => Promise<T>
  seal: (plain: Buffer, context: string) => Buffer
  clock: () => Date
  policy: RotationPolicy
  told?: (plan: RotationPlan, occasion: Occasion) => void
}

/** Rotates the signing keys as the occasion asks, and records it; answers what was done. */
export function rotateKeys({ transaction, seal, clock, policy, told }: RotateDeps) {
  return async (occasion: Occasion, author: Author): Promise<RotationPlan> => {
    const done = await transaction(async keeper => {
      const now = clock()
      const keys = await keeper.list()
      const plan = planRotation(keys, now, policy, occasion)
      if (plan.forget.length > 0) await keeper.forget(plan.forget)
      for (const times of plan.change) await keeper.change(times)
      const made = plan.make && (await newKey(plan.make, now, seal))
      if (made) await keeper.insert(made)
      if (!isIdle(plan)) await keeper.record(author, rotationChange(keys, plan, made, occasion))
      return plan
    })
    if (!isIdle(done)) told?.(done, occasion)
    return done
  }
}

// The keys that went, came or got other times; a leak is trust, as tokens of until now are believed no more.
function rotationChange(
  keys: readonly SealedKey[],
  { forget, change }: RotationPlan,
  made: SealedKey | undefined,
  occasion: Occasion,
): Change {
  const times = ({ kid, signs_from, signs_until, published_until }: KeyTimes) => ({
    ...{ kid, signs_from, signs_until, published_until },
  })
  const touched = keys.filter(({ kid }) => forget.includes(kid) || change.some(one => one.kid === kid))
  const leaked = occasion === 'leaked'
  return {
    action: leaked ? 'signing_keys.leaked' : 'signing_keys.rotated',
    ...{ subject_type: 'signing_keys', subject_id: made?.kid ?? null, trust: leaked },
    before: { keys: touched.map(times) },
    after: { occasion, keys: [...change, ...(made ? [made] : [])].map(times) },
  }
}

async function newKey(
  { alg, signs_from }: NonNullable<RotationPlan['make']>,
  now: Date,
  seal: RotateDeps['seal'],
): Promise<SealedKey> {
  const { record, privateJwk } = await makeSigningKey(alg, now, signs_from)
  return { ...record, sealed_private_jwk: seal(Buffer.from(JSON.stringify(privateJwk)), sealContext(record.kid)) }
}
