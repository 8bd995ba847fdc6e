import { test } from 'tap'
import { openNews } from '../../src/sessions/news.ts'

interface Poll {
  answer: () => void
  fail: () => void
}

// News whose polls end when the test says so.
function open(offlineTtl: number) {
  const clock = { now: new Date('2026-11-23T12:00:00.000Z') }
  const polls: Poll[] = []
  const news = openNews({
    hear: () =>
      new Promise((resolve, reject) => polls.push({ answer: resolve, fail: () => reject(new Error('away')) })),
    forget: async () => undefined,
    clock: () => clock.now,
    onError: () => undefined,
    offlineTtl,
  })
  const poll = async (at: number): Promise<Poll> => {
    while (!polls[at]) await new Promise(setImmediate)
    return polls[at]
  }
  const later = (milliseconds: number) => {
    clock.now = new Date(clock.now.getTime() + milliseconds)
  }
  /** A request: waits where it must. */
  const ask = async () => news.trust()
  return { news, ask, polls, poll, later }
}

test('a poll that succeeded counts, though something was changed here meanwhile: nobody is told 503', async t => {
  const { news, ask, poll, polls } = open(0)
  const first = ask()
  const one = await poll(0)
  news.doubt()
  const second = ask()
  const two = await poll(1)
  news.doubt()
  one.answer()
  await t.resolves(first, 'it asked before the change')
  two.answer()
  await t.resolves(second)
  const third = ask()
  ;(await poll(2)).answer()
  await t.resolves(third)
  t.equal(news.trust(), undefined)
  t.equal(polls.length, 3)
})

test('a poll that began before a doubt does not settle it, whichever ends first', async t => {
  const { news, ask, poll } = open(60)
  const first = ask()
  const one = await poll(0)
  news.doubt()
  one.answer()
  await t.resolves(first)
  const second = ask()
  ;(await poll(1)).answer()
  await second
  t.equal(news.trust(), undefined)
})

test('an older poll that ends last takes nothing back: not the time, not that the database answers', async t => {
  const { news, ask, poll, polls, later } = open(0)
  const first = ask()
  const one = await poll(0)
  later(1_500)
  news.doubt()
  const second = ask()
  ;(await poll(1)).answer()
  await second
  one.fail()
  await t.resolves(first, 'a newer poll knows')
  later(1_999)
  t.equal(news.trust(), undefined)
  t.equal(polls.length, 2)
  later(2)
  t.equal(news.trust(), undefined)
  t.ok(await poll(2), 'the next one is due, beside the requests')
})

test('a poll that failed is not tried again for two seconds; a success clears that', async t => {
  const { news, ask, poll, polls, later } = open(0)
  const first = ask()
  ;(await poll(0)).fail()
  await t.rejects(first, { code: 'unavailable' })
  await t.rejects(ask(), { code: 'unavailable' })
  t.equal(polls.length, 1)
  later(2_000)
  const second = ask()
  ;(await poll(1)).answer()
  await t.resolves(second)
  t.equal(news.trust(), undefined)
})
