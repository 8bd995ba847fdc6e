// When signing keys come and go: next, current, retired, forgotten. Pure: whoever carries a plan out decides it again inside the
// transaction, so that replicas that plan at once make one key.

import { freshFor } from '../recent.ts'
import type { KeyTimes, TokenAlg } from './signing-key.ts'

/** How long a backend may keep the key set, in seconds. */
export const jwksMaxAge = 300

const clocksApart = 60
const day = 86_400

/** Seconds that a key is published at least before it signs: what backends and replicas may keep, and clocks that differ. */
export const notice = jwksMaxAge + freshFor + clocksApart

/** Seconds that a key stays published after it signed last: the longest token_ttl, and ten minutes for what runs late. */
export const afterglow = 3600 + 600

/** How keys roll; `lifetime` is the seconds that one signs. */
export interface RotationPolicy {
  alg: TokenAlg
  lifetime: number
}

/**
 * Why a plan is made. `start`: another TOKEN_ALG may be wanted. `time`: a key may be due. `asked`: the next key as soon as
 * backends know it. `leaked`: no key that is there may stay.
 */
export type Occasion = 'start' | 'time' | 'asked' | 'leaked'

/** What a plan needs to know of a key. */
export type PlannedKey = KeyTimes & { alg: TokenAlg; created_at: Date }

/** What is to be done: keys taken out at once, keys with other times, a key to make. */
export interface RotationPlan {
  forget: string[]
  change: KeyTimes[]
  make: { alg: TokenAlg; signs_from: Date } | undefined
}

/** Plans what is due at `now`; an empty plan where nothing is. Only a start changes the algorithm: older replicas may still run. */
export function planRotation(
  keys: readonly PlannedKey[],
  now: Date,
  { alg, lifetime }: RotationPolicy,
  occasion: Occasion = 'time',
): RotationPlan {
  const line = keys
    .filter(key => key.signs_until === null || key.signs_until > now)
    .sort((a, b) => a.signs_from.getTime() - b.signs_from.getTime())
  const newest = line.at(-1)
  // Where no other key may sign, it signs at once: also at a replica whose clock is behind.
  const atOnce = later(now, -clocksApart)
  if (occasion === 'leaked')
    return { forget: keys.map(key => key.kid), change: [], make: { alg: newest?.alg ?? alg, signs_from: atOnce } }
  if (!newest) return { forget: [], change: [], make: { alg, signs_from: atOnce } }

  const other = occasion === 'start' && newest.alg !== alg
  const make = other ? { alg, signs_from: later(now, notice) } : successor(newest, now, lifetime, occasion === 'asked')
  const moved =
    occasion === 'asked' && newest.signs_from > now
      ? earliest(newest.signs_from, latest(later(newest.created_at, notice), now))
      : newest.signs_from
  const last = make?.signs_from ?? moved
  // Only what no replica can have signed with yet, however late it reads and whatever its clock says.
  const unused = latest(last, later(now, freshFor + clocksApart))
  const gone = line.filter(key => key.signs_from >= unused && (make !== undefined || key !== newest))
  return { forget: gone.map(key => key.kid), change: changes(line, gone, newest, moved, make?.signs_from, now), make }
}

/** Whether a plan asks for nothing. */
export function isIdle({ forget, change, make }: RotationPlan): boolean {
  return forget.length === 0 && change.length === 0 && make === undefined
}

// The key after `newest`, once it is time to publish it: a day ahead, so that a cache or a replica that lags does no harm.
function successor(newest: PlannedKey, now: Date, lifetime: number, asked: boolean): RotationPlan['make'] {
  if (newest.signs_from > now) return undefined
  if (asked) return { alg: newest.alg, signs_from: later(now, notice) }
  const ahead = Math.max(notice, Math.min(day, lifetime / 4))
  const due = later(newest.signs_from, lifetime)
  if (now < later(due, -ahead)) return undefined
  return { alg: newest.alg, signs_from: latest(due, later(now, notice)) }
}

// Each key of the line signs until the one after it does; keys that would never sign are gone.
function changes(
  line: readonly PlannedKey[],
  gone: readonly PlannedKey[],
  newest: PlannedKey,
  moved: Date,
  made: Date | undefined,
  now: Date,
): KeyTimes[] {
  const left = line.filter(key => !gone.includes(key))
  const planned = left.map((key, at): KeyTimes => {
    const begins = left[at + 1] === newest ? moved : left[at + 1]?.signs_from
    const follows = begins ?? made
    const signs_until = follows ? latest(follows, now) : null
    const published_until = signs_until && later(signs_until, afterglow)
    return { kid: key.kid, signs_from: key === newest ? moved : key.signs_from, signs_until, published_until }
  })
  return planned.filter((times, at) => !sameTimes(times, left[at]))
}

/** Whether two keys have the same times. */
export function sameTimes(a: KeyTimes, b: KeyTimes | undefined): boolean {
  const times = (key: KeyTimes) => JSON.stringify([key.signs_from, key.signs_until, key.published_until])
  return b !== undefined && times(a) === times(b)
}

const later = (time: Date, seconds: number): Date => new Date(time.getTime() + seconds * 1000)
const latest = (a: Date, b: Date): Date => (a > b ? a : b)
const earliest = (a: Date, b: Date): Date => (a < b ? a : b)
