import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Test, test } from 'tap'
import { startEmbedded } from '../../src/db/embedded.ts'
import { openDatabase } from '../../src/db/pool.ts'

const program = `
import { startEmbedded } from ${JSON.stringify(new URL('../../src/db/embedded.ts', import.meta.url).href)}
const { url } = await startEmbedded(process.argv[1])
console.log(url)
setInterval(() => undefined, 1000)
`

async function dataDir(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `assay-embedded-${'long'.repeat(30)}-`))
  t.teardown(() => rm(folder, { recursive: true }))
  return folder
}

async function otherProcess(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const args = ['--input-type=module', '--eval', program, folder]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = await once(child.stdout, 'data')
  return { child, url: String(url).trim() }
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const db = openDatabase(url, { onIdleError: () => undefined })
  return db.query<Row>(sql).finally(() => db.close())
}

test('data survives a stop and a killed process', async t => {
  const folder = await dataDir(t)
  const server = await startEmbedded(folder)
  await ask(server.url, `create table kept (word text); insert into kept values ('Zürich')`)
  t.strictSame(
    await ask(server.url, `select current_setting('fsync') as fsync, current_setting('listen_addresses') as listen`),
    [{ fsync: 'on', listen: '' }],
  )
  await server.stop()

  const { child, url } = await otherProcess(folder)
  await ask(url, `insert into kept values ('Genève')`)
  await killed(child)
  t.strictSame(await ask(url, 'select 1 as n'), [{ n: 1 }], 'the orphan is still there')

  const again = await startEmbedded(folder)
  t.teardown(() => again.stop())
  t.strictSame(await ask(again.url, 'select word from kept'), [{ word: 'Zürich' }, { word: 'Genève' }])
  await t.rejects(ask(url, 'select 1'), { code: 'unavailable' }, 'the orphan was retired')
})

test('a second process is refused and harms nothing', async t => {
  const folder = await dataDir(t)
  const { child, url } = await otherProcess(folder)
  await t.rejects(startEmbedded(folder), { code: 'embedded_in_use' })
  t.strictSame(await ask(url, 'select 1 as n'), [{ n: 1 }])
  await killed(child)
  await (await startEmbedded(folder)).stop()
})

test('of two that start at once, one lives', async t => {
  const folder = await dataDir(t)
  const both = await Promise.allSettled([startEmbedded(folder), startEmbedded(folder)])
  const [winner] = both.filter(result => result.status === 'fulfilled')
  const [loser] = both.filter(result => result.status === 'rejected')
  t.match(loser?.reason, { code: 'embedded_in_use' })
  if (!winner) throw new Error('neither lives')
  t.strictSame(await ask(winner.value.url, 'select 1 as n'), [{ n: 1 }])
  await winner.value.stop()
})

test('a lock file whose number went to another program is no obstacle', async t => {
  const folder = await dataDir(t)
  await (await startEmbedded(folder)).stop()
  const lock = join(folder, 'postgres/postmaster.pid')
  await writeFile(lock, `${process.pid}\n`)
  const server = await startEmbedded(folder)
  t.not(Number.parseInt(await readFile(lock, 'utf8'), 10), process.pid)
  await server.stop()
})
