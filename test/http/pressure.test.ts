import { pino } from 'pino'
import { test } from 'tap'
import { openFastify } from '../../src/http/fastify.ts'
import { type Pressure, watchLoop } from '../../src/http/pressure.ts'
import { Problem } from '../../src/problem.ts'

test('busy: who was refused again and again is turned away; full: everybody is; what answers from memory stays open', async t => {
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
  app.get('/cheap', async () => 'in')
  const post = (address: string, headers = {}) =>
    app.inject({ method: 'POST', url: '/dear', headers: { 'x-forwarded-for': address, ...headers } })

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

test('an event loop that stands still is full, then busy for a while', async t => {
  const { now, stop } = watchLoop()
  t.teardown(stop)
  const until = async (wanted: Pressure) => {
    for (const end = Date.now() + 20_000; now() !== wanted && Date.now() < end; ) {
      if (wanted === 'full') for (const until = Date.now() + 700; Date.now() < until; );
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    t.equal(now(), wanted)
  }
  await until('full')
  await until('busy')
})
