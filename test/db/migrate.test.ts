import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Test, test } from 'tap'
import { migrate, pendingMigrations } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/pool.ts'
import { emptyDatabase } from '../support/database.ts'

const first = '0001-first.sql'
const second = '0002-second.sql'
const sound = { [first]: 'create table a (id int); create table b (id int);', [second]: 'insert into a values (1);' }

async function folderOf(t: Test, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-migrations-'))
  t.teardown(() => rm(folder, { recursive: true }))
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql)
  return folder
}

test('pending files are applied once, in order', async t => {
  const { db } = await emptyDatabase(t)
  const folder = await folderOf(t, { ...sound, 'readme.md': 'not SQL' })
  t.strictSame(await pendingMigrations(db, folder), [first, second])
  t.strictSame(await migrate(db, pathToFileURL(folder)), [first, second])
  t.strictSame(await db.query('select id from a'), [{ id: 1 }])
  t.strictSame(await pendingMigrations(db, folder), [])
  t.strictSame(await migrate(db, folder), [])

  const third = '0003-third.sql'
  await writeFile(join(folder, third), 'create table c (id int)')
  t.strictSame(await pendingMigrations(db, pathToFileURL(folder)), [third])
  t.strictSame(await migrate(db, folder), [third])
})

test('a failing file leaves nothing of any', async t => {
  const { db } = await emptyDatabase(t)
  const folder = await folderOf(t, { ...sound, '0003-third.sql': 'create table c (id int); select 1 / 0;' })
  await t.rejects(migrate(db, folder), { code: '22012' })
  t.strictSame(await db.query(`select tablename from pg_tables where schemaname = 'public'`), [])
  t.equal((await pendingMigrations(db, folder)).length, 3)
})

test('two replicas at once apply every file once', async t => {
  const { url, db } = await emptyDatabase(t)
  const folder = await folderOf(t, { ...sound, [second]: 'select pg_sleep(0.1);' })
  const other = openDatabase(url, { onIdleError: () => undefined })
  t.teardown(() => other.close())
  const applied = await Promise.all([migrate(db, folder), migrate(other, folder)])
  t.strictSame(applied.flat(), [first, second])
})

test('an edited file is refused once it was applied', async t => {
  const { db } = await emptyDatabase(t)
  const folder = await folderOf(t, sound)
  await migrate(db, folder)
  await writeFile(join(folder, first), 'create table z (id int)')
  await t.rejects(migrate(db, folder), { code: 'migration_edited' })
})

test('a schema newer than the code stops the start, not the service', async t => {
  const { db } = await emptyDatabase(t)
  await migrate(db, await folderOf(t, sound))
  const older = await folderOf(t, { [first]: sound[first] ?? '' })
  await t.rejects(migrate(db, older), { code: 'migration_unknown' })
  t.strictSame(await pendingMigrations(db, older), [])
})

test('a file that is missing, late or misnamed is refused', async t => {
  const { db } = await emptyDatabase(t)
  await t.rejects(migrate(db, await folderOf(t, { [second]: '' })), { code: 'migration_gap' })
  await t.rejects(migrate(db, await folderOf(t, { ...sound, '0002-again.sql': '' })), { code: 'migration_gap' })
  await t.rejects(migrate(db, await folderOf(t, { '1-first.sql': '' })), { code: 'migration_name' })
  const folder = await folderOf(t, sound)
  await migrate(db, folder)
  await db.query('delete from migrations where name = $1', [first])
  await t.rejects(migrate(db, folder), { code: 'migration_gap' }, 'an earlier file that was never applied')
})

test('a role that may not create tables can start at head', async t => {
  const { url, db } = await emptyDatabase(t)
  const folder = await folderOf(t, sound)
  await migrate(db, folder)
  const role = `role_${new URL(url).pathname.slice(1)}`
  await db.query(`create role ${role} login; grant select on migrations to ${role}`)
  t.teardown(() => db.query(`drop owned by ${role}; drop role ${role}`))
  const modest = openDatabase(Object.assign(new URL(url), { username: role }).href, { onIdleError: () => undefined })
  t.teardown(() => modest.close())
  t.strictSame(await migrate(modest, folder), [])
  t.strictSame(await pendingMigrations(modest, folder), [])
})
