// A year of signing keys: every token verifies for its whole life, at a backend that keeps the key set as long as it may, whatever
// replica minted it or answered the backend.

import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { test } from 'tap'
import { system } from '../../src/audit/event.ts'
import { freshFor } from '../../src/recent.ts'
import { openKeyring, type SealedKey } from '../../src/tokens/keyring.ts'
import { mintAccessToken } from '../../src/tokens/mint.ts'
import { type KeyKeeper, rotateKeys } from '../../src/tokens/rotate.ts'
import {
  isIdle,
  jwksMaxAge,
  notice,
  type Occasion,
  type PlannedKey,
  planRotation,
  type RotationPolicy,
} from '../../src/tokens/rotation.ts'
import { currentKey, keyState, publicKeys } from '../../src/tokens/signing-key.ts'

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]
const start = Date.UTC(2026, 0, 1)
const at = (days: number, seconds = 0) => new Date(start + days * day + seconds * second)
const longestTtl = 3600

// Every state of the database with its time.
interface Moment {
  from: number
  keys: SealedKey[]
}

function keeperOf(keys: Map<string, SealedKey>): KeyKeeper {
  return {
    list: async () => [...keys.values()],
    insert: async key => void keys.set(key.kid, key),
    change: async times => void keys.set(times.kid, { ...(keys.get(times.kid) as SealedKey), ...times }),
    forget: async kids => {
      for (const kid of kids) keys.delete(kid)
    },
    record: async () => {},
  }
}

interface Event {
  at: Date
  occasion: Occasion
  policy?: RotationPolicy
}

// What operators do in this year, beside the clock; where two replicas plan, the second one is the one that finds it done.
async function live(events: readonly Event[], away: readonly [Date, Date]): Promise<Moment[]> {
  const keys = new Map<string, SealedKey>()
  const history: Moment[] = []
  const clock = { now: at(0) }
  const deps = {
    transaction: <T>(work: (keeper: KeyKeeper) => Promise<T>) => work(keeperOf(keys)),
    clock: () => clock.now,
  }
  let policy: RotationPolicy = { alg: 'ES256', lifetime: 30 * 86_400 }
  const turn = async (occasion: Occasion) => {
    const plan = await rotateKeys({ ...deps, seal: plain => plain, policy })(occasion, system)
    if (!isIdle(plan)) history.push({ from: clock.now.getTime(), keys: [...keys.values()].map(key => ({ ...key })) })
  }
  const waiting = [{ at: at(0), occasion: 'start' as const }, ...events]
  for (let now = start; now < at(365).getTime(); now += 10 * minute) {
    while (waiting[0] && waiting[0].at.getTime() < now + 10 * minute) {
      const event: Event | undefined = waiting.shift()
      clock.now = event?.at ?? clock.now
      policy = event?.policy ?? policy
      await turn(event?.occasion ?? 'time')
    }
    clock.now = new Date(now + 10 * minute)
    if (clock.now > away[0] && clock.now < away[1]) continue
    if (!isIdle(planRotation([...keys.values()], clock.now, policy))) await turn('time')
  }
  return history
}

const year = live(
  [
    { at: at(10), occasion: 'asked' },
    { at: at(10, 90), occasion: 'asked' },
    // A next key waits for its day here, and is wanted at once.
    { at: at(39, 40_000), occasion: 'asked' },
    { at: at(100), occasion: 'start', policy: { alg: 'EdDSA', lifetime: 30 * 86_400 } },
    { at: at(100, 60), occasion: 'start', policy: { alg: 'ES256', lifetime: 30 * 86_400 } },
    { at: at(120), occasion: 'start', policy: { alg: 'EdDSA', lifetime: 30 * 86_400 } },
    // Again while a next key waits: that one never signs.
    { at: at(149, 40_000), occasion: 'start', policy: { alg: 'ES256', lifetime: 30 * 86_400 } },
    { at: at(200), occasion: 'start', policy: { alg: 'ES256', lifetime: 3600 } },
    { at: at(202), occasion: 'start', policy: { alg: 'ES256', lifetime: 30 * 86_400 } },
  ],
  [at(250), at(300)],
)

function reader(history: readonly Moment[]) {
  return (time: number): SealedKey[] => history.findLast(moment => moment.from <= time)?.keys ?? []
}

// A replica: what it read up to five seconds ago, and a clock that may be off by half a minute.
const replicas = [0, freshFor].flatMap(stale => [-30, 30].map(off => ({ stale: stale * second, off: off * second })))

function* instants(history: readonly Moment[]): Generator<number> {
  const turns = history.flatMap(({ keys }) =>
    keys.flatMap(key => [key.created_at, key.signs_from, key.signs_until, key.published_until]),
  )
  for (const turn of new Set(turns.filter(time => time !== null).map(Number)))
    for (let offset = -420; offset <= 420; offset += 28) yield turn + offset * second
  for (let time = start; time < at(365).getTime(); time += 5 * hour) yield time
}

test('a year: every token verifies for its whole life at a backend that keeps the key set for its full max-age', async t => {
  const history = await year
  const keysAt = reader(history)
  const wrong: string[] = []
  let tokens = 0
  for (const time of instants(history)) {
    if (time < start + 2 * minute || time > at(364).getTime()) continue
    const kids = new Set(replicas.map(({ stale, off }) => currentKey(keysAt(time - stale), new Date(time + off))?.kid))
    const ends = [-jwksMaxAge, 0, longestTtl - jwksMaxAge, longestTtl, longestTtl + 60].map(s => time + s * second)
    for (const fetched of ends.filter(end => end >= start + 10 * second)) {
      for (const { stale, off } of replicas) {
        const known = new Set(publicKeys(keysAt(fetched - stale), new Date(fetched + off)).keys.map(key => key.kid))
        for (const kid of kids) if (!kid || !known.has(kid)) wrong.push(`${kid} of ${new Date(time).toISOString()}`)
      }
    }
    tokens += kids.size
  }
  t.same(wrong.slice(0, 5), [])
  t.ok(tokens > 5_000, `${tokens} tokens`)
  const made = new Map(history.flatMap(({ keys }) => keys.map(key => [key.kid, key])))
  t.ok(made.size > 15 && made.size < 90, `${made.size} keys`)
  t.same(new Set([...made.values()].map(key => key.alg)), new Set(['ES256', 'EdDSA']))
})

test('a year: tokens that were really signed verify with the key set from before, and with the one at their end', async t => {
  const history = await year
  const keysAt = reader(history)
  const last = new Map(history.flatMap(({ keys }) => keys.map(key => [key.kid, key])))
  const session = {
    ...{ sid: 's', sub: 'p', connection_id: 'c', tenant: 'acme', client_id: 'default', claims: {}, name_id: null },
    ...{ session_indexes: [], auth_time: at(0), created_at: at(0), last_seen_at: at(0), expires_at: at(400) },
  }
  const client = { client_id: 'default', audience: 'https://api.example', token_ttl: longestTtl }
  for (const key of last.values()) {
    const edges = [key.signs_from, key.signs_until && new Date(key.signs_until.getTime() - 1)]
    for (const now of edges.filter(edge => edge !== null)) {
      if (now < at(0) || now > at(364) || key.signs_until?.getTime() === key.signs_from.getTime()) continue
      const open = (sealed: Buffer) => sealed
      const ring = openKeyring({
        list: async () => keysAt(now.getTime()),
        open,
        clock: () => now,
        onError: error => t.fail(String(error)),
      })
      if (currentKey(await ring.keys(), now)?.kid !== key.kid) continue
      const mint = mintAccessToken({
        keys: ring.keys,
        clock: () => now,
        random: Buffer.alloc,
        issuer: 'https://sso.example',
        ttl: 300,
      })
      const { token } = await mint(session, client)
      t.match(decodeProtectedHeader(token), { alg: key.alg, kid: key.kid })
      for (const offset of [-jwksMaxAge, longestTtl - 1]) {
        const fetched = new Date(now.getTime() + offset * second)
        if (fetched < at(0)) continue
        const set = publicKeys(keysAt(fetched.getTime() - freshFor * second), fetched) as JSONWebKeySet
        const currentDate = new Date(Math.max(now.getTime(), fetched.getTime()))
        await t.resolves(jwtVerify(token, createLocalJWKSet(set), { currentDate, algorithms: [key.alg] }))
      }
    }
  }
})

const key = (kid: string, from: Date, until: Date | null = null, made = from, alg: PlannedKey['alg'] = 'ES256') => ({
  ...{ kid, alg, created_at: made, signs_from: from, signs_until: until },
  published_until: until && new Date(until.getTime() + hour),
})
const policy: RotationPolicy = { alg: 'ES256', lifetime: 90 * 86_400 }

test('an empty line gets a key that signs at once; nothing happens before its time', async t => {
  t.same(planRotation([], at(0), policy).make, { alg: 'ES256', signs_from: at(0, -60) })
  t.ok(isIdle(planRotation([key('a', at(0))], at(88), policy)))
  t.same(planRotation([key('a', at(0))], at(89), policy).make, { alg: 'ES256', signs_from: at(90) })
  t.same(planRotation([key('a', at(0))], at(200), policy).make, { alg: 'ES256', signs_from: at(200, notice) })
})

test('only a start changes the algorithm, so that replicas of before and after do not take turns', async t => {
  const other: RotationPolicy = { ...policy, alg: 'RS256' }
  const keys = [key('a', at(0))]
  t.ok(isIdle(planRotation(keys, at(1), other)))
  t.same(planRotation(keys, at(1), other, 'start').make, { alg: 'RS256', signs_from: at(1, notice) })
  t.match(planRotation(keys, at(1), other, 'asked').make, { alg: 'ES256' })
  t.ok(isIdle(planRotation([...keys, key('b', at(1, notice), null, at(1), 'RS256')].slice(1), at(1), other, 'start')))
})

test('asked while the next key waits: no other is made, and that one signs as early as backends know it', async t => {
  const keys = [key('a', at(0), at(90)), key('b', at(90), null, at(89))]
  const plan = planRotation(keys, at(89, 100), policy, 'asked')
  t.same([plan.make, plan.forget], [undefined, []])
  t.match(plan.change, [
    { kid: 'a', signs_until: at(89, notice) },
    { kid: 'b', signs_from: at(89, notice), signs_until: null },
  ])
  t.match(planRotation(keys, at(89, 40_000), policy, 'asked').change[1], { signs_from: at(89, 40_000) })
})

test('leaked: no key that is there stays, and the new one signs at once', async t => {
  const keys = [key('a', at(0), at(90)), key('b', at(90), null, at(89))]
  const plan = planRotation(keys, at(89, 100), policy, 'leaked')
  t.same(plan, { forget: ['a', 'b'], change: [], make: { alg: 'ES256', signs_from: at(89, 40) } })
})

test('a key that signs at once does so at a replica whose clock is a minute behind', async t => {
  for (const [keys, occasion] of [
    [[], 'time'],
    [[key('a', at(0))], 'leaked'],
  ] as const) {
    const { make } = planRotation(keys, at(1), policy, occasion)
    const made = key('new', make?.signs_from ?? at(2))
    t.equal(currentKey([made], at(1, -60))?.kid, 'new')
    t.ok(isIdle(planRotation([made], at(1), policy)))
  }
})

test('next, current, retired, forgotten: the states of a key follow from its times', async t => {
  const one = key('a', at(10), at(20))
  const states = [at(9), at(10), at(20), at(20, 3600)].map(now => keyState(one, now))
  t.same(states, ['next', 'current', 'retired', 'forgotten'])
})
