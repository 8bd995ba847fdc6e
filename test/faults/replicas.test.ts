// Three processes behind HAProxy on one database: whoever is asked answers the same, each secret counts once, and they are
// restarted one by one without anybody noticing.

import { setTimeout as sleep } from 'node:timers/promises'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { t as root, test } from 'tap'
import { testDatabase } from '../support/database.ts'
import { respond, testIdp } from '../support/idp.ts'
import { redeem, refresh, register, signIn } from './application.ts'
import { beginLoad, percentile } from './load.ts'
import { until } from './process.ts'
import { openStage } from './replica.ts'
import { admin, begin, connect, deliver, logIn, openVisitor, send, tokenOf, type Where } from './visitor.ts'

const { url: databaseUrl } = await testDatabase(root)
const { publicUrl, replicas } = await openStage(root, databaseUrl)
const bases = replicas.map(({ url }) => url)
const [one, two, three] = replicas.map(({ url }) => url) as [string, string, string]
const idp = testIdp()
const where: Where = { idp, connection: await connect(publicUrl, idp) }
const twice = [...bases, ...bases]

const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).sort()

test('a login begun on one process is finished on another, and holds on every one', async t => {
  for (const first of bases)
    for (const second of bases) {
      const visitor = openVisitor()
      const form = await begin(visitor, first, where)
      t.equal((await deliver(visitor, second, where, form)).status, 303)
      for (const base of bases) t.ok(await tokenOf(visitor, base))
    }
})

test('one response posted to all processes at once lets one in', async t => {
  for (let round = 0; round < 20; round += 1) {
    const visitor = openVisitor()
    const form = await begin(visitor, publicUrl, where)
    const answers = await Promise.all(twice.map(base => deliver(visitor, base, where, form)))
    t.same(statuses(answers), [303, 403, 403, 403, 403, 403])
  }
})

test('one unsolicited response posted to all processes at once lets one in', async t => {
  const open = { idp, connection: await connect(publicUrl, idp, { allow_idp_initiated: true }) }
  for (let round = 0; round < 20; round += 1) {
    const form = { SAMLResponse: respond(idp, open.connection, null) }
    const answers = await Promise.all(twice.map(base => deliver(openVisitor(), base, open, form)))
    t.same(statuses(answers), [303, 403, 403, 403, 403, 403])
  }
})

test('a code raced across processes gives tokens once, and a refresh token raced ends its session everywhere', async t => {
  const application = await register(publicUrl)
  for (let round = 0; round < 5; round += 1) {
    const code = await signIn(openVisitor(), [one, two], where, application)
    const raced = await Promise.all(twice.map(base => redeem(base, application, code)))
    t.same(statuses(raced), [200, 400, 400, 400, 400, 400])
    const visitor = openVisitor()
    const given = await redeem(three, application, await signIn(visitor, [two, three], where, application))
    const { refresh_token } = given.json()
    for (const base of bases) t.ok(await tokenOf(visitor, base))
    const answers = await Promise.all(twice.map(base => refresh(base, application, refresh_token)))
    t.ok(answers.filter(({ status }) => status === 200).length <= 1)
    t.equal(answers.filter(({ status }) => status === 200 || status === 400).length, 6)
    const winner = answers.find(({ status }) => status === 200)
    if (winner) t.equal((await refresh(one, application, winner.json().refresh_token)).status, 400)
    await sleep(5_000 * Number(round === 4))
    if (round === 4) for (const base of bases) t.equal((await visitor.ask(`${base}/gateway/verify`)).status, 401)
  }
})

test('keys that are rotated on all processes at once are the same on all, and every token is verified by every one', async t => {
  const kidsAt = async (base: string) => {
    const { keys } = (await send(`${base}/.well-known/jwks.json`)).json()
    return keys.map(({ kid }: { kid: string }) => kid).sort()
  }
  const visitor = openVisitor()
  await logIn(visitor, publicUrl, where)
  const before = await kidsAt(one)
  for (const body of [{}, { leaked: true }]) {
    await Promise.all(bases.map(base => admin(base, 'POST', '/signing-keys/rotate', body)))
    const agreed = await until(
      'all processes publish the same keys',
      async () => {
        const [first, ...others] = await Promise.all(bases.map(kidsAt))
        return others.every(kids => kids.join() === first?.join()) && first
      },
      6,
    )
    t.not(agreed.join(), before.join())
    const fresh = openVisitor()
    await logIn(fresh, publicUrl, where)
    for (const base of bases)
      for (const other of bases) {
        const keys = createRemoteJWKSet(new URL(`${other}/.well-known/jwks.json`))
        await jwtVerify(await tokenOf(fresh, base), keys, { issuer: publicUrl })
      }
  }
  t.equal((await visitor.ask(`${one}/gateway/verify`)).status, 200, 'people stay signed in')
})

test('a process that is told to leave says so first, answers on, and ends its connections', async t => {
  const leaving = replicas[0]
  leaving.running.child.kill('SIGTERM')
  const told = await until(
    'it says so',
    async () => {
      const answer = await send(`${one}/readyz`)
      return answer.status === 503 && answer
    },
    2,
  )
  t.match(told.json(), { code: 'unavailable', detail: 'This process is leaving.' })
  const visitor = openVisitor()
  await logIn(visitor, one, where)
  const answer = await visitor.ask(`${one}/gateway/verify`)
  t.equal(answer.status, 200)
  t.equal(answer.headers.get('connection'), 'close')
  t.equal(await leaving.running.end(null), 0)
  await leaving.start()
})

test('a rolling restart under load fails no login', async t => {
  const stop = beginLoad(publicUrl, where)
  await sleep(1_000)
  for (const replica of replicas) {
    t.equal(await replica.running.end('SIGTERM'), 0)
    await replica.start()
    await sleep(1_500)
  }
  const { signedIn, failures, took } = await stop()
  t.same(failures, [])
  t.ok(signedIn.length > 100)
  t.comment(
    `${signedIn.length} logins, ${failures.length} failed, p50 ${percentile(took, 0.5)} ms, p99 ${percentile(took, 0.99)} ms`,
  )
})
