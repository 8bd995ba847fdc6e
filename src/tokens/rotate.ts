// The verb of the seal: carries a rotation out. The transaction that it is given locks first, so the plan is decided by what the
// last one left behind.

import { type SealedKey, sealContext } from './keyring.ts'
import { isIdle, type Occasion, planRotation, type RotationPlan, type RotationPolicy } from './rotation.ts'
import { type KeyTimes, makeSigningKey } from './signing-key.ts'

/** What a rotation changes. */
export interface KeyKeeper {
  list: () => Promise<SealedKey[]>
  insert: (key: SealedKey) => Promise<void>
  change: (times: KeyTimes) => Promise<void>
  forget: (kids: readonly string[]) => Promise<void>
}

/** What a rotation may use; `told` hears of each that did something. */
export interface RotateDeps {
  transaction: <T>(work: (keeper: KeyKeeper) => Promise<T>) => Promise<T>
  seal: (plain: Buffer, context: string) => Buffer
  clock: () => Date
  policy: RotationPolicy
  told?: (plan: RotationPlan, occasion: Occasion) => void
}

/** Rotates the signing keys as the occasion asks; answers what was done. */
export function rotateKeys({ transaction, seal, clock, policy, told }: RotateDeps) {
  return async (occasion: Occasion): Promise<RotationPlan> => {
    const done = await transaction(async keeper => {
      const now = clock()
      const plan = planRotation(await keeper.list(), now, policy, occasion)
      if (plan.forget.length > 0) await keeper.forget(plan.forget)
      for (const times of plan.change) await keeper.change(times)
      if (plan.make) await keeper.insert(await newKey(plan.make, now, seal))
      return plan
    })
    if (!isIdle(done)) told?.(done, occasion)
    return done
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
