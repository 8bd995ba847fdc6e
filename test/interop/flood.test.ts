// A flood: 200 hostile clients post garbage, forgeries and slow bodies while 20 people sign in, all on this machine.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { asker, quantile, signIn } from '../bench/load-people.ts'
import { furnishAssay, startAssay } from '../bench/load-servers.ts'
import { testDatabase } from '../support/database.ts'
import { testIdp } from '../support/idp.ts'

const warmUpMs = 8_000
const floodMs = 20_000

test('people sign in while hostile clients flood the doors: every one of them, 99 of 100 within a second', async t => {
  const idp = testIdp()
  const service = await startAssay((await testDatabase(t)).url, {})
  t.teardown(service.stop)
  const { gateway: target } = await furnishAssay(service, idp)
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  const quiet = await people(target, agent, 3_000)

  const file = fileURLToPath(new URL('flooding.ts', import.meta.url))
  const { entityId, acsUrl } = target.sp
  const connection = acsUrl.split('/').at(-2) ?? ''
  const flood = fork(file, [String(target.port), connection, idp.issuer, entityId, acsUrl])
  t.teardown(() => flood.kill('SIGKILL'))
  await sleep(warmUpMs)
  const during = await people(target, agent, floodMs)
  flood.send('over')
  const [answers] = (await once(flood, 'message')) as [Record<string, number>]

  const told = ({ times }: typeof quiet) => `${times.length} sign-ins, p50 ${ms(times, 0.5)}, p99 ${ms(times, 0.99)}`
  t.comment(`quiet: ${told(quiet)}; flood: ${told(during)}; the hostile were answered ${JSON.stringify(answers)}`)
  t.same(during.failures, [])
  t.ok(during.times.length > 100)
  // Where others have the processors, even a quiet service is slow.
  t.ok(quantile(during.times, 0.99) < Math.max(1_000, 5 * quantile(quiet.times, 0.99)))
  t.ok(Object.entries(answers).every(([status]) => status !== '200' && status !== '303'))
})

// Twenty people, each at an address of their own, signing in again and again with a second of thought between.
async function people(target: Parameters<typeof signIn>[0], agent: Agent, ms: number) {
  const end = Date.now() + ms
  const times: number[] = []
  const failures: string[] = []
  const one = async (_: unknown, n: number) => {
    const ask = asker(target.port, agent)
    await sleep(n * 50)
    while (Date.now() < end) {
      const start = performance.now()
      await signIn(target, ask, { nameId: `person${n}` }).catch(error => failures.push(String(error)))
      times.push(performance.now() - start)
      await sleep(1_000)
    }
  }
  await Promise.all(Array.from({ length: 20 }, one))
  return { times, failures }
}

const ms = (times: number[], share: number) => `${quantile(times, share).toFixed(0)} ms`
