// Verbs of our SAML keys: publish the next one, use it, take the old one out. Each is recorded, and each is a decision, since an identity provider that
// pins our certificate and was not told locks people out; only SP_KEY_LIFETIME lets the clock decide (`keepSpKeys`).

import { type Author, type Change, difference, type Recorder, system } from '../audit/event.ts'
import { Problem } from '../problem.ts'
import {
  currentOf,
  lineOf,
  makeSpKey,
  type SealedSpKey,
  type SpKeyMaking,
  type SpKeyPurpose,
  type SpKeyRecord,
  spKeyState,
} from './sp-key.ts'

/** What these verbs may do to the world; each capability runs in the same transaction, which locks first. */
export interface SpKeyKeeper {
  list: () => Promise<SealedSpKey[]>
  insert: (key: SealedSpKey) => Promise<void>
  change: (key: Pick<SpKeyRecord, 'id' | 'activated_at' | 'retired_at'>) => Promise<void>
  hasConnection: (id: string) => Promise<boolean>
  record: Recorder
}

/** What they need beside the keeper; `told` hears of each step that was taken. */
export interface SpKeyDeps extends SpKeyMaking {
  transaction: <T>(work: (keeper: SpKeyKeeper) => Promise<T>) => Promise<T>
  clock: () => Date
  told?: (step: string, key: SpKeyRecord) => void
}

/** A purpose and an owner: where keys follow each other. */
export type SpKeyLine = Pick<SpKeyRecord, 'purpose' | 'connection_id'>

/** Publishes the next key of a line, or answers the one that is; a connection without keys of its own gets its first. */
export function publishSpKey(deps: SpKeyDeps) {
  return (line: SpKeyLine, author: Author): Promise<SpKeyRecord> =>
    deps.transaction(async keeper => {
      const owner = line.connection_id
      if (owner !== null && !(await keeper.hasConnection(owner))) throw new Problem('connection_not_found')
      const waiting = lineOf(await keeper.list(), line).find(
        key => key.activated_at === null && key.retired_at === null,
      )
      if (waiting) return waiting
      const made = await makeSpKey(deps, line, deps.clock())
      await keeper.insert(made)
      await keeper.record(author, spKeyChange('published', undefined, made))
      deps.told?.('published', made)
      return made
    })
}

/** Uses a key from now on, also one that was used before; the one until now stays published. Throws `not_found`. */
export function activateSpKey({ transaction, clock, told }: SpKeyDeps) {
  return (id: string, author: Author): Promise<SpKeyRecord> =>
    transaction(async keeper => {
      const { keys, key } = await find(keeper, id)
      const current = currentOf(lineOf(keys, key))
      if (current?.id === id) return key
      // After the one until now, also where this replica's clock is behind.
      const activated_at = new Date(Math.max(clock().getTime(), Number(current?.activated_at ?? 0) + 1))
      const used = { ...key, activated_at, retired_at: null }
      await keeper.change(used)
      await keeper.record(author, spKeyChange('activated', key, used))
      told?.('activated', used)
      return used
    })
}

/**
 * Takes a key out of the metadata; what is encrypted for it is still opened. Throws `not_found`, and `key_in_use` for the key that is
 * used, unless it is a connection's own last one: then the service's are used again.
 */
export function retireSpKey({ transaction, clock, told }: SpKeyDeps) {
  return (id: string, author: Author): Promise<SpKeyRecord> =>
    transaction(async keeper => {
      const { keys, key } = await find(keeper, id)
      const state = spKeyState(key, keys)
      if (state === 'retired') return key
      const others = lineOf(keys, key).filter(one => one.id !== id && one.retired_at === null)
      if (state === 'current' && (key.connection_id === null || others.length > 0)) throw new Problem('key_in_use')
      const retired = { ...key, retired_at: clock() }
      await keeper.change(retired)
      await keeper.record(author, spKeyChange('retired', key, retired))
      told?.('retired', retired)
      return retired
    })
}

/** A step of a plan for SP keys. */
export type SpKeyStep = { does: 'publish'; line: SpKeyLine } | { does: 'activate' | 'retire'; id: string }

const overlapDays = 90

/** What is due where the clock decides (`lifetime` in seconds): published 90 days before it is used, the old one 90 days after. */
export function planSpKeys(keys: readonly SpKeyRecord[], now: Date, lifetime: number): SpKeyStep[] {
  const overlap = Math.min(overlapDays * 86_400, lifetime / 4) * 1000
  const since = (time: Date | null) => now.getTime() - Number(time)
  const lines = keys.filter(key => key.activated_at !== null && spKeyState(key, keys) === 'current')
  return lines.flatMap(current => {
    const line = lineOf(keys, current)
    const next = line.find(key => spKeyState(key, keys) === 'next')
    const age = since(current.activated_at)
    const steps: SpKeyStep[] = []
    if (!next && age >= lifetime * 1000 - overlap) steps.push({ does: 'publish', line: current })
    if (next && age >= lifetime * 1000 && since(next.created_at) >= overlap)
      steps.push({ does: 'activate', id: next.id })
    const previous = line.filter(key => spKeyState(key, keys) === 'previous' && age >= overlap)
    return [...steps, ...previous.map(({ id }): SpKeyStep => ({ does: 'retire', id }))]
  })
}

/** Takes the steps that are due, each decided again in its transaction. */
export function keepSpKeys(deps: SpKeyDeps, lifetime: number) {
  const does = { publish: publishSpKey(deps), activate: activateSpKey(deps), retire: retireSpKey(deps) }
  return async (keys: readonly SpKeyRecord[]): Promise<void> => {
    for (const step of planSpKeys(keys, deps.clock(), lifetime)) {
      if (step.does === 'publish') await does.publish(step.line, system)
      else await does[step.does](step.id, system)
    }
  }
}

/** Gives the service its first key of a purpose, used at once; nothing where it has one. */
export async function firstSpKey(
  deps: Omit<SpKeyDeps, 'transaction'>,
  keeper: Pick<SpKeyKeeper, 'list' | 'insert' | 'record'>,
  purpose: SpKeyPurpose,
): Promise<void> {
  const line = { purpose, connection_id: null }
  if (currentOf(lineOf(await keeper.list(), line))) return
  const now = deps.clock()
  const made = { ...(await makeSpKey(deps, line, now)), activated_at: now }
  await keeper.insert(made)
  await keeper.record(system, spKeyChange('activated', undefined, made))
}

/** A step of a key of ours as it is recorded. */
export function spKeyChange(step: string, before: SealedSpKey | undefined, after: SealedSpKey): Change {
  const named = (key: SealedSpKey | undefined) => {
    if (!key) return undefined
    const { sealed_private_key: _, ...shown } = key
    return shown
  }
  const { names: _, ...changed } = difference(named(before), named(after))
  return { action: `sp_key.${step}`, subject_type: 'sp_key', subject_id: after.id, trust: false, ...changed }
}

async function find(keeper: SpKeyKeeper, id: string): Promise<{ keys: SealedSpKey[]; key: SealedSpKey }> {
  const keys = await keeper.list()
  const key = keys.find(one => one.id === id)
  if (!key) throw new Problem('not_found')
  return { keys, key }
}
