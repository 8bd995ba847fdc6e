// The chain of audit events: whatever is changed in it afterwards is found, and no two replicas make two of it.

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'tap'
import { recorder } from '../../src/app-audit.ts'
import { type Author, type Change, canonical, link, withoutSecrets } from '../../src/audit/event.ts'
import { auditStore } from '../../src/audit/store.ts'
import { verifyChain } from '../../src/audit/verify.ts'
import { type Db, openDatabase } from '../../src/db/pool.ts'
import { testDatabase } from '../support/database.ts'

const now = new Date('2026-05-01T10:00:00.123Z')
const author: Author = { actor: 'admin-key', trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' }
const change = (name: string): Change => ({
  ...{ action: 'connection.changed', subject_type: 'connection', subject_id: 'c1', trust: true },
  before: { name: 'Ä "old"', clock_skew: 180, roles: [{ grant: ['a'] }] },
  after: { name, clock_skew: 60.5, roles: [] },
})
const record = (db: Db, ...names: string[]) =>
  db.transaction(tx => recorder(tx, () => now)(author, ...names.map(change)))
const verdict = (db: Db, kept = {}) => verifyChain(auditStore(db))(kept)

test('a chain is whole from its empty beginning on, and an event can be hashed again from what the API shows', async t => {
  const { db } = await testDatabase(t)
  t.match(await verdict(db), { whole: true, walked: 0, head: { seq: 0, hash: '0'.repeat(64) } })
  await record(db, 'a', 'b', 'c')
  const [newest, middle] = await auditStore(db).list({ limit: 10 })
  t.match(await verdict(db), { whole: true, walked: 3, head: { seq: 3, hash: newest?.hash } })
  const { hash, ...said } = newest ?? { hash: '' }
  t.equal(newest?.previous_hash, middle?.hash)
  t.equal(createHash('sha256').update(canonical(said)).digest('hex'), hash)
})

test('a kept hash must be on the chain, and a walk may begin after one', async t => {
  const { db } = await testDatabase(t)
  await record(db, 'a', 'b', 'c')
  const [third, second, first] = await auditStore(db).list({ limit: 10 })
  const other = 'ab'.repeat(32)
  t.match(await verdict(db, { from: second?.hash, head: third?.hash }), { whole: true, walked: 1 })
  t.match(await verdict(db, { head: first?.hash }), { whole: true, walked: 3 })
  t.match(await verdict(db, { head: other }), { whole: false, seq: 0, why: /was kept/ })
  t.match(await verdict(db, { from: other }), { whole: false, seq: 0, why: /to begin/ })
  // Rewritten whole, with every hash made anew: only what was kept tells.
  await db.query('delete from audit_events')
  await db.query(`update audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')`)
  await record(db, 'a', 'b', 'C')
  t.match(await verdict(db), { whole: true })
  t.match(await verdict(db, { head: third?.hash }), { whole: false })
})

// Every column, and what somebody with the rights of the service could write over it.
const texts = ['actor', 'action', 'subject_type', 'subject_id', 'before', 'after', 'trace_id']
const column = fc.constantFrom(...texts, 'at', 'seq', 'trust', 'previous_hash', 'hash')

test('whatever byte is changed in any column of any event is found, and so is an event that is gone or added', async t => {
  const { db } = await testDatabase(t)
  await record(db, 'a', 'b', 'c', 'd')
  // What the schema refuses is let through here: it must be found all the same.
  const checks = await db.query<{ conname: string }>(
    `select conname from pg_constraint where conrelid = 'audit_events'::regclass and contype = 'c'`,
  )
  for (const { conname } of checks) await db.query(`alter table audit_events drop constraint "${conname}"`)
  const undone = new Error('undone')
  const broken = (tampering: (tx: Parameters<Parameters<Db['transaction']>[0]>[0]) => Promise<unknown>) => {
    let found: unknown
    const tried = db.transaction(async tx => {
      await tampering(tx)
      found = await verifyChain(auditStore(tx))({})
      throw undone
    })
    return tried.catch(error => {
      if (error !== undone) throw error
      return found as { whole: boolean; seq: number }
    })
  }

  const places = fc.record({ column, seq: fc.integer({ min: 1, max: 4 }), at: fc.nat(), byte: fc.nat(255) })
  await fc.assert(
    fc.asyncProperty(places, async ({ column, seq, at, byte }) => {
      const set: Record<string, [string, unknown?]> = {
        trust: ['not trust'],
        seq: [`seq + 100 + ${byte}`],
        at: [`at + ${(byte + 1) / 1000} * interval '1 second'`],
        hash: [`set_byte(hash, ${at % 32}, (get_byte(hash, ${at % 32}) + 1 + ${byte % 255}) % 256)`],
        previous_hash: [
          `set_byte(previous_hash, ${at % 32}, (get_byte(previous_hash, ${at % 32}) + 1 + ${byte % 255}) % 256)`,
        ],
      }
      const value =
        set[column]?.[0] ??
        (byte === 0 && ['before', 'after', 'subject_id', 'trace_id'].includes(column)
          ? 'null'
          : otherText(column, at, byte))
      const verdict = await broken(tx => tx.query(`update audit_events set ${column} = ${value} where seq = $1`, [seq]))
      return !verdict.whole && verdict.seq === seq
    }),
    { numRuns: 150 },
  )

  t.match(await broken(tx => tx.query('delete from audit_events where seq = 2')), { whole: false, seq: 2 })
  t.match(await broken(tx => tx.query('delete from audit_events where seq = 4')), { whole: false, seq: 5 - 1 })
  t.match(await broken(tx => tx.query('update audit_head set seq = 3')), { whole: false })
  t.match(await broken(tx => tx.query('delete from audit_head')), { whole: false, seq: 5 })
  const fifth = link({ seq: 4, hash: (await auditStore(db).head())?.hash ?? '' }, author, change('e'), now)
  t.match(
    await broken(async tx => {
      const { seq, hash } = (await auditStore(tx).head()) ?? { seq: 0, hash: '' }
      await auditStore(tx).append([fifth])
      await tx.query('update audit_head set seq = $1, hash = $2', [seq, Buffer.from(hash, 'hex')])
    }),
    { whole: false, seq: 6 },
  )
  t.match(await verdict(db), { whole: true, walked: 4 })
})

// One character of a text is another one, or one more comes after it: also a space that JSON would not mind.
function otherText(name: string, at: number, byte: number): string {
  const place = `(${at} % length(${name})) + 1`
  const code = `(ascii(substring(${name} from ${place} for 1)) + ${byte % 90}) % 94 + 33`
  return byte % 5 === 0
    ? `overlay(${name} placing ' ' from length(${name}) + 1 for 0)`
    : `overlay(${name} placing case when substring(${name} from ${place} for 1) = chr(${code}) then '~~' else chr(${code}) end from ${place} for 1)`
}

test('pools that record at once make one chain', async t => {
  const { db, url } = await testDatabase(t)
  const other = openDatabase(url, { onIdleError: () => undefined })
  t.teardown(() => other.close())
  await Promise.all(Array.from({ length: 20 }, (_, at) => record(at % 2 === 0 ? db : other, `a${at}`, `b${at}`)))
  t.match(await verdict(db), { whole: true, walked: 40 })
  const names = (await auditStore(db).list({ limit: 100 })).map(one => (one.after as { name: string }).name)
  for (let at = 0; at < 20; at += 1) t.equal(names.indexOf(`a${at}`) - names.indexOf(`b${at}`), 1)
})

test('nothing secret gets into an event, whoever tells it', t => {
  const pem = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----'
  const told = {
    name: 'PRIVATE KEY of Acme',
    attributes: { token: ['tok'], k: ['kay'] },
    jwks: { keys: [{ kty: 'EC', x: 'public', d: 'hidden-d' }] },
    nested: [{ client_secret: 'hidden-s', sealed_private_key: 'hidden-k', secret_hash: Buffer.from('hidden') }],
    note: `see ${pem}`,
  }
  const kept = canonical(withoutSecrets(told))
  t.notMatch(kept, /hidden|MIIE/)
  t.match(kept, '"x":"public"')
  t.match(kept, '"attributes":{"k":["kay"],"token":["tok"]},"jwks"')
  t.match(kept, '"name":"PRIVATE KEY of Acme"')
  t.end()
})
