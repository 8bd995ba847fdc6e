// The migrated schema is a snapshot: a change of it is seen in review.

import { test } from 'tap'
import { testDatabase } from '../support/database.ts'

test('the schema at head is the one that was agreed on', async t => {
  const { db } = await testDatabase(t)
  const columns = await db.query<{ line: string }>(`
    select format('%s.%s %s%s%s', table_name, column_name, data_type, case is_nullable when 'NO' then ' not null' else '' end,
      coalesce(' default ' || column_default, '')) as line
    from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position`)
  const constraints = await db.query<{ line: string }>(`
    select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) as line from pg_constraint
    where connamespace = 'public'::regnamespace and contype <> 'n' order by 1`)
  const indexes = await db.query<{ line: string }>(
    `select indexdef as line from pg_indexes where schemaname = 'public' order by 1`,
  )
  const text = (rows: { line: string }[]) => rows.map(row => row.line).join('\n')
  t.matchSnapshot([text(columns), text(constraints), text(indexes)].join('\n\n'))
})

test('the schema itself refuses what must not be: weak hashes, private keys, refusals without a code', async t => {
  const { db } = await testDatabase(t)
  const now = new Date()
  await t.rejects(db.query(`insert into secrets values ('a', $1, $2)`, [Buffer.from('short'), now]), { code: '23514' })
  const key = { kty: 'EC', d: 'secret' }
  await t.rejects(db.query(`insert into signing_keys values ('k', 'ES256', $1, 'x', $2, $2)`, [key, now]), {
    code: '23514',
  })
  await t.rejects(db.query(`insert into login_attempts values ('t', $1, null, 'refused', null, '[]')`, [now]), {
    code: '23514',
  })
})
