import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'tap'
import { startEmbedded } from '../../src/db/embedded.ts'
import { brokenConstraint, type Db, openDatabase, type Queryable } from '../../src/db/pool.ts'
import { emptyDatabase } from '../support/database.ts'

const unavailable = { name: 'Problem', code: 'unavailable' }

async function count(db: Queryable): Promise<number | undefined> {
  const [row] = await db.query<{ n: number }>('select count(*) as n from person')
  return row?.n
}

async function ownProcess(db: Queryable): Promise<number | undefined> {
  const [row] = await db.query<{ pid: number }>('select pg_backend_pid() as pid')
  return row?.pid
}

test('values come back as the types that the house uses', async t => {
  const { db } = await emptyDatabase(t)
  const [row] = await db.query('select 9007199254740991::int8 as big, $1::timestamptz as at, $2::bytea as bytes', [
    new Date(1_700_000_000_123),
    Buffer.from('ab'),
  ])
  t.strictSame(row, { big: 9007199254740991, at: new Date(1_700_000_000_123), bytes: Buffer.from('ab') })
  await t.rejects(db.query('select 9007199254740993::int8'), RangeError)
})

test('an error of the statement passes unchanged and keeps the connection', async t => {
  const { db } = await emptyDatabase(t)
  await db.query('create table person (id int constraint person_key primary key); insert into person values (1)')
  const before = await ownProcess(db)
  const error = await db.query('insert into person values ($1)', [1]).catch(caught => caught)
  t.match(error, { code: '23505', constraint: 'person_key' })
  t.equal(brokenConstraint(error), 'person_key')
  t.equal(brokenConstraint(new Error('other')), undefined)
  t.equal(await ownProcess(db), before)
})

test('a transaction is kept whole or not at all', async t => {
  const { db } = await emptyDatabase(t)
  await db.query('create table person (id int primary key)')
  const insert = (tx: Queryable, id: number) => tx.query('insert into person values ($1)', [id])

  t.equal(await db.transaction(async tx => insert(tx, 1).then(() => 'done')), 'done')
  t.equal(await count(db), 1)

  const mine = new Error('mine')
  const thrown = await db.transaction(tx => insert(tx, 2).then(() => Promise.reject(mine))).catch(error => error)
  t.equal(thrown, mine)
  t.equal(await count(db), 1)

  const swallowed = db.transaction(async tx => {
    await insert(tx, 3)
    await insert(tx, 1).catch(() => undefined)
    await tx.query('select 1').catch(() => undefined)
  })
  await t.rejects(swallowed, { code: '23505' }, 'a swallowed failure is not taken for a commit')
  t.equal(await count(db), 1)
})

test('a transaction that is over takes no more queries', async t => {
  const { db } = await emptyDatabase(t)
  const leaked = await db.transaction(async tx => ({ query: () => tx.query('select 1') }))
  await t.rejects(leaked.query(), Error)
})

test('a transaction that loses a race runs anew', async t => {
  const { db } = await emptyDatabase(t)
  await db.query('create table person (id int primary key, visits int); insert into person values (1, 0)')
  let runs = 0
  await db.transaction(async tx => {
    await tx.query('set transaction isolation level repeatable read')
    await tx.query('select * from person')
    runs += 1
    if (runs < 3) await db.query('update person set visits = visits + 1')
    await tx.query('update person set visits = visits + 10')
  })
  t.equal(runs, 3)
  t.strictSame(await db.query('select visits from person'), [{ visits: 12 }])
})

test('a transaction that loses every race gives up', async t => {
  const { db } = await emptyDatabase(t)
  let runs = 0
  const hopeless = db.transaction(async tx => {
    runs += 1
    await tx.query(`do $$ begin raise exception using errcode = '40P01'; end $$`)
  })
  await t.rejects(hopeless, { code: '40P01' })
  t.equal(runs, 5)
})

test('a killed connection is a refusal, and the next query has a new one', async t => {
  const { url, db } = await emptyDatabase(t)
  const idle: Error[] = []
  const other = openDatabase(url, { onIdleError: error => idle.push(error) })
  t.teardown(() => other.close())
  const kill = (pid: number | undefined) => db.query('select pg_terminate_backend($1, 5000)', [pid])

  await kill(await ownProcess(other))
  while (idle.length === 0) await sleep(5)
  t.match(idle, [{ code: '57P01' }], 'while idle')

  await t.rejects(other.query('select pg_terminate_backend(pg_backend_pid())'), unavailable, 'during a query')
  const between = other.transaction(async tx => {
    await kill(await ownProcess(tx))
    await sleep(20)
    await tx.query('select 1')
  })
  await t.rejects(between, unavailable, 'between the queries of a transaction')
  t.equal((await other.query('select 1')).length, 1)
})

test('a server that takes no writes is a dead connection', async t => {
  const { db } = await emptyDatabase(t)
  await db.query('create table person (id int)')
  const before = await ownProcess(db)
  await db.query('set default_transaction_read_only = on')
  await t.rejects(db.query('insert into person values (1)'), unavailable)
  t.not(await ownProcess(db), before)
  await db.query('insert into person values (1)')
})

test('a query that takes too long is a refusal and frees its connection', async t => {
  const { url, db } = await emptyDatabase(t)
  await db.query('create table person (id int primary key)')
  const slow = db.transaction(
    async tx => {
      await tx.query('insert into person values (1)')
      await tx.query('select pg_sleep(60)')
    },
    { timeoutMs: 50 },
  )
  await t.rejects(slow, unavailable)
  await db.query('insert into person values (1)')

  const one = openDatabase(url, { onIdleError: () => undefined, max: 1 })
  t.teardown(() => one.close())
  await one.transaction(async () => {
    await t.rejects(one.query('select 1'), unavailable, 'so is waiting for a free connection')
  })
})

test('a stopped server is a refusal, not the end of the process', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-pool-'))
  t.teardown(() => rm(folder, { recursive: true }))
  let server = await startEmbedded(folder)
  const idle: Error[] = []
  const db: Db = openDatabase(server.url, { onIdleError: error => idle.push(error) })
  await db.transaction(tx => Promise.all([tx.query('select 1'), db.query('select 1')]))
  const busy = t.rejects(db.query('select pg_sleep(60)'), unavailable)
  await server.stop()
  await busy
  await t.rejects(db.query('select 1'), unavailable)
  t.ok(idle.length > 0)
  server = await startEmbedded(folder)
  t.teardown(() => server.stop())
  t.equal((await openDatabaseOnce(server.url)).length, 1)
  await db.close()
  await db.close()
  await t.rejects(db.query('select 1'), unavailable, 'so is a closed pool')
})

async function openDatabaseOnce(url: string) {
  const db = openDatabase(url, { onIdleError: () => undefined })
  return db.query('select 1').finally(() => db.close())
}
