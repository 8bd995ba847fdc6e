// The house as a whole: what an empty database is given, and by whom.

import { test } from 'tap'
import { testApp } from './support/app.ts'
import { testDatabase } from './support/database.ts'

test('replicas that start at once on an empty database furnish it once', async t => {
  const { url, db } = await testDatabase(t)
  await Promise.all([1, 2, 3].map(() => testApp(t, { databaseUrl: url })))
  const count = async (table: string) =>
    (await db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n
  t.same(await Promise.all(['clients', 'signing_keys', 'sp_keys'].map(count)), [1, 1, 2])
})

test('another ENCRYPTION_KEY than the one that sealed the keys does not start', async t => {
  const { databaseUrl } = await testApp(t)
  const ENCRYPTION_KEY = Buffer.alloc(32, 9).toString('base64')
  await t.rejects(testApp(t, { databaseUrl, settings: { ENCRYPTION_KEY } }), /ENCRYPTION_KEY is not the one/)
})
