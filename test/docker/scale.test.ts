// The profile `scale`: three replicas, any of which goes on with what another began, behind HAProxy.

import { setTimeout as sleep } from 'node:timers/promises'
import { t, test } from 'tap'
import { openPerson } from './person.ts'
import { container, docker, origins, replicas, statusOf, until } from './stack.ts'

const alice = await openPerson(t)

// Who answered how many of 30 requests through the proxy, by what each replica has logged.
async function served(): Promise<number[]> {
  const all = await replicas()
  const lines = () => Promise.all(all.map(async ({ Id }) => (await docker('logs', Id)).split('well-known/jwks').length))
  const before = await lines()
  for (let n = 0; n < 30; n += 1) await statusOf(`${origins.assay}/.well-known/jwks.json`)
  return (await lines()).map((count, at) => count - (before[at] ?? 0))
}

test('all three replicas answer through the proxy', async t => {
  await until(() => statusOf(`${origins.assay}/readyz`), 200)
  t.equal((await replicas()).length, 3)
  await until(async () => (await served()).every(count => count > 0), true)
})

test('each replica is left in turn while somebody signs in: they come in, and nobody meets an error', async t => {
  const failed: number[] = []
  let over = false
  const others = (async () => {
    for (; !over; await sleep(50)) {
      const status = await statusOf(`${origins.assay}/.well-known/openid-configuration`)
      if (status !== 200) failed.push(status)
    }
  })()
  for (const { Id: id } of await replicas()) {
    await alice.begin('/', 'alice@acme.example')
    await docker('stop', '--time', '20', id)
    t.match(await alice.choose('Alice Ito'), { claims: { email: 'alice@acme.example', iss: origins.assay } })
    await docker('start', id)
    await until(async () => (await docker('inspect', '--format', '{{.State.Health.Status}}', id)).trim(), 'healthy')
    await alice.signOut()
  }
  over = true
  await others
  t.strictSame(failed, [])
})

test('metrics are each replica’s own: the proxy has none', async t => {
  t.equal(await statusOf(`${origins.assay}/metrics`), 404)
})

test('while the database is away the proxy still leads to what is known by heart, and then to everything again', async t => {
  const { Id: database } = await container('postgres')
  await docker('stop', '--time', '20', database)
  await until(() => statusOf(`${origins.assay}/readyz`), 503)
  await sleep(5_000)
  t.equal(await statusOf(`${origins.assay}/.well-known/jwks.json`), 200)
  t.equal(await statusOf(`${origins.assay}/livez`), 200)
  await docker('start', database)
  await until(() => statusOf(`${origins.assay}/readyz`), 200)
  await alice.begin('/', 'alice@acme.example')
  t.match(await alice.choose('Alice Ito'), { claims: { email: 'alice@acme.example' } })
})
