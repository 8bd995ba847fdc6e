import { test } from 'tap'
import { freshFor, recent } from '../src/recent.ts'

function source() {
  const state = { now: 0, reads: 0, away: false, errors: 0 }
  const value = recent({
    read: async () => {
      state.reads += 1
      const answer = state.reads
      if (state.away) throw new Error('away')
      return answer
    },
    clock: () => new Date(state.now),
    onError: () => {
      state.errors += 1
    },
  })
  return { state, value }
}

test('what is read is good for five seconds; halfway it is read anew without anybody waiting', async t => {
  const { state, value } = source()
  t.same(await Promise.all([value.get(), value.get()]), [1, 1], 'asked twice, read once')
  state.now = freshFor * 1000 - 1
  t.equal(await value.get(), 1)
  t.equal(await value.get(), 2, 'read in the background')
  state.now += freshFor * 1000
  t.equal(await value.get(), 3, 'too old to be answered')
  state.now = 0
  t.equal(await value.get(), 4, 'a clock that was set back keeps nothing for longer')
  t.equal(await value.refresh(), 5)
  t.equal(state.reads, 5)
})

test('while nothing can be read, memory goes on and is tried once a second; without memory it is an error', async t => {
  const { state, value } = source()
  state.away = true
  await t.rejects(value.get())
  state.away = false
  t.equal(await value.get(), 2)
  state.away = true
  state.now = 60_000
  t.same([await value.get(), await value.get()], [2, 2])
  t.same([state.reads, state.errors], [3, 1])
  await t.rejects(value.refresh())
  state.now += 1_000
  t.same(await Promise.all([value.get(), value.get(), value.get()]), [2, 2, 2])
  t.same([state.reads, state.errors], [5, 2], 'told once, however many waited')
  state.away = false
  state.now += 1_000
  t.equal(await value.get(), 6)
})

test('a reading that does not end is waited for once, for a second', async t => {
  const state = { now: 0, hangs: false }
  const read = () => (state.hangs ? new Promise<string>(() => undefined) : Promise.resolve('known'))
  const value = recent({ read, clock: () => new Date(state.now), onError: () => t.fail('nothing failed') })
  t.equal(await value.get(), 'known')
  state.hangs = true
  state.now = 60_000
  const began = performance.now()
  t.equal(await value.get(), 'known')
  const first = performance.now() - began
  t.equal(await value.get(), 'known')
  const second = performance.now() - began - first
  t.ok(first >= 990 && second < 500, `${first} and ${second} ms`)
})
