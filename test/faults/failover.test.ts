// The primary dies under load: Patroni makes the other one primary, and the service goes on by itself. Replication is synchronous,
// so nobody who was told to be signed in is forgotten.

import { setTimeout as sleep } from 'node:timers/promises'
import { t as root, test } from 'tap'
import { asAdmin } from '../support/database.ts'
import { testIdp } from '../support/idp.ts'
import { beginLoad } from './load.ts'
import { beginChanges, unrecorded, verifiedChain } from './operator.ts'
import { openCluster } from './patroni.ts'
import { until } from './process.ts'
import { openStage, startReplica } from './replica.ts'
import { connect, deliver, logIn, openVisitor, tokenOf, type Where } from './visitor.ts'

test('the primary dies under load', async t => {
  const { url, nodes } = await openCluster(root)
  await until('the entrance leads to it', () => asAdmin(url, client => client.query('create database assay')))
  const databaseUrl = url.replace('/postgres?', '/assay?')
  const { publicUrl, replicas } = await openStage(root, databaseUrl)
  const idp = testIdp()
  const where: Where = { idp, connection: await connect(publicUrl, idp) }
  const known = openVisitor()
  await logIn(known, publicUrl, where)
  const memory = ['/gateway/verify', '/.well-known/jwks.json', '/.well-known/openid-configuration']
  const fromMemory = [...memory, `/saml/${where.connection.id}/metadata`]
  for (const { url: base } of replicas) for (const path of fromMemory) await known.ask(`${base}${path}`)
  const stop = beginLoad(publicUrl, where, 4)
  const stopChanges = beginChanges(publicUrl)
  await sleep(3_000)

  await nodes[0].kill()
  const began = performance.now()
  const wrong: string[] = []
  let asked = 0
  let over = false
  const watching = (async () => {
    for (; !over; await sleep(250))
      for (const path of fromMemory) {
        asked += 1
        const { status, text } = await known.ask(`${publicUrl}${path}`)
        if (status !== 200) wrong.push(`${path} ${status} ${text.slice(0, 200)}`)
      }
  })()
  await sleep(2_000)
  const page = await openVisitor().ask(`${publicUrl}/login/${where.connection.id}`)
  t.equal(page.status, 503)
  t.match(page.text, '<h1')
  const back = await until(
    'people can sign in again',
    async () => {
      await logIn(openVisitor(), publicUrl, where)
      return Math.round(performance.now() - began)
    },
    60,
  )
  over = true
  await watching
  t.same(wrong, [], 'memory goes on')
  await sleep(2_000)
  const { signedIn, failures } = await stop()
  const changes = await stopChanges()
  t.same(
    failures.filter(({ why }) => !/ 503 /.test(why)),
    [],
    'nothing but 503 was answered',
  )

  nodes[0].start()
  await until('the one that died follows the other', async () => (await nodes[0].role()) === 'sync_standby', 60)
  const { url: fresh } = await startReplica(root, { databaseUrl, publicUrl })
  let [there, again] = [0, 0]
  for (const { visitor, form } of signedIn) {
    if (await tokenOf(visitor, fresh).catch(() => '')) there += 1
    if ((await deliver(visitor, fresh, where, form)).status !== 403) again += 1
  }
  t.equal(there, signedIn.length, 'nobody was forgotten')
  t.equal(again, 0, 'nothing came in twice')
  t.ok(changes.length > 10)
  t.same(await unrecorded(fresh, changes), [], 'no change that was acknowledged is missing in the audit log')
  t.match(await verifiedChain(t, databaseUrl), /^whole: /m)
  t.comment(
    `signed in ${back} ms after the primary died; ${asked - wrong.length} of ${asked} answers from memory; ` +
      `${there} of ${signedIn.length} logins are there, ${failures.length} were refused with 503, ${again} replays came in; ${changes.length} changes are in the audit log`,
  )
})
