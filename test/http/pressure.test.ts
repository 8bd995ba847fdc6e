import { pino } from 'pino'
import { type Test, test } from 'tap'
import { openFastify } from '../../src/http/fastify.ts'
import { openGauge, type Pressure, watchLoop } from '../../src/http/pressure.ts'
import { Problem } from '../../src/problem.ts'

// A server with a door that has a limit, one that has none, and a pressure that is set.
async function open(t: Test) {
  const state: { now: Pressure } = { now: 'none' }
  const logger = pino({ level: 'silent' })
  const trustedProxies = ['127.0.0.1']
  const app = await openFastify({ logger, publicUrl: 'https://sso.example', trustedProxies, pressure: () => state.now })
  t.teardown(() => app.close())
  const config = { rateLimit: { max: 1000, timeWindow: 10_000 } }
  app.post('/dear', { config }, async ({ headers }) => {
    if (headers['x-bad']) throw new Problem('login_unknown')
    return 'in'
  })
  app.post('/sign-in', { config: { ...config, proof: true } }, async (_, reply) => reply.redirect('/', 303))
  app.get('/cheap', async () => 'in')
  const post = (address: string, headers = {}) =>
    app.inject({ method: 'POST', url: '/dear', headers: { 'x-forwarded-for': address, ...headers } })
  const signIn = (address: string) =>
    app.inject({ method: 'POST', url: '/sign-in', headers: { 'x-forwarded-for': address } })
  return { app, post, signIn, state }
}

test('busy: who was refused again and again is turned away; full: everybody is; what answers from memory stays open', async t => {
  const { app, post, state } = await open(t)
  for (let n = 0; n < 10; n += 1) t.equal((await post('192.0.2.1', { 'x-bad': '1' })).statusCode, 403)
  t.equal((await post('192.0.2.2', { 'x-bad': '1' })).statusCode, 403)
  t.equal((await post('192.0.2.1')).statusCode, 200, 'nobody is turned away while there is room')
  state.now = 'busy'
  t.match(await post('192.0.2.1'), { statusCode: 429, headers: { 'retry-after': '5' } })
  t.equal((await post('192.0.2.2')).statusCode, 200)
  state.now = 'full'
  t.equal((await post('192.0.2.1')).statusCode, 429)
  t.match(await post('192.0.2.2'), { statusCode: 503, headers: { 'retry-after': '5' } })
  t.equal((await app.inject({ url: '/cheap', headers: { 'x-forwarded-for': '192.0.2.1' } })).statusCode, 200)
})

test('busy: an address that was refused often is not turned away where people sign in from it, nor for having been turned away', async t => {
  const { post, signIn, state } = await open(t)
  const network = (host: number) => `2001:db8:1:1::${host}`
  for (let n = 0; n < 40; n += 1) await post(network(n), { 'x-bad': '1' })
  for (let n = 0; n < 2; n += 1) await signIn(network(1))
  state.now = 'busy'
  t.equal((await post(network(99))).statusCode, 429, 'one network, whatever the host')
  t.equal((await post('2001:db8:1:2::1')).statusCode, 200)
  state.now = 'none'
  t.equal((await signIn(network(1))).statusCode, 303)
  state.now = 'busy'
  t.equal((await post(network(99))).statusCode, 200)
  for (let n = 0; n < 5; n += 1) await post(network(1), { 'x-bad': '1' })
  for (let n = 0; n < 20; n += 1) t.equal((await post(network(1))).statusCode, 429)
  state.now = 'none'
  t.equal((await signIn(network(1))).statusCode, 303)
  state.now = 'busy'
  t.equal((await post(network(1))).statusCode, 200)
})

test('a loop that works without a pause is busy, and for ten seconds after; one that stands still for two seconds is full', async t => {
  const gauge = openGauge()
  const looks = (count: number, delay: number, utilization: number) =>
    Array.from({ length: count }, () => gauge({ delay, utilization })).at(-1)
  t.equal(looks(3, 20, 0.5), 'none')
  t.equal(looks(3, 400, 1), 'busy', 'a start, or a collection of garbage')
  t.equal(looks(1, 20, 0.5), 'busy')
  t.equal(looks(3, 400, 1), 'busy')
  t.equal(looks(1, 400, 1), 'full')
  t.equal(looks(1, 20, 0.5), 'busy')
  t.equal(looks(19, 20, 0.5), 'none')
})

test('the event loop of this process is watched', async t => {
  const { now, stop } = watchLoop()
  t.teardown(stop)
  t.equal(now(), 'none')
  for (const end = Date.now() + 10_000; now() === 'none' && Date.now() < end; ) {
    for (const pause = Date.now() + 200; Date.now() < pause; );
    await new Promise(resolve => setTimeout(resolve, 1))
  }
  t.not(now(), 'none')
})
