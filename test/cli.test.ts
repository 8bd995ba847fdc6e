import { readdir } from 'node:fs/promises'
import { type Test, test } from 'tap'
import { assay } from './support/cli.ts'
import { emptyDatabase, testDatabase } from './support/database.ts'

async function tables(t: Test): Promise<{ url: string; names: () => Promise<string[]> }> {
  const { url, db } = await emptyDatabase(t)
  const query = `select tablename from pg_tables where schemaname = 'public' order by 1`
  return { url, names: async () => (await db.query<{ tablename: string }>(query)).map(row => row.tablename) }
}

test('migrate brings an empty database to head and names what it applied, a second time nothing', async t => {
  const { url, names } = await tables(t)
  const first = await assay(['migrate'], { DATABASE_URL: url })
  const files = (await readdir(new URL('../migrations/', import.meta.url))).filter(name => name.endsWith('.sql'))
  t.strictSame(first, { exitCode: 0, stdout: `${files.sort().join('\n')}\n`, stderr: '' })
  t.match(await names(), /connections/)
  t.match(await assay(['migrate'], { DATABASE_URL: url }), { exitCode: 0, stdout: 'The schema is at head.\n' })
})

test('migrate says why a database that does not answer could not be migrated, without its password', async t => {
  const { exitCode, stdout, stderr } = await assay(['migrate'], { DATABASE_URL: 'postgres://a:secret-9@127.0.0.1:1/a' })
  t.equal(exitCode, 1)
  t.equal(stdout, '')
  t.match(stderr, 'ECONNREFUSED')
  t.notMatch(stderr, 'secret-9')
})

test('keys rotate makes a signing key and shows our keys, nothing private; another verb of keys is answered with the usage', async t => {
  const { url } = await testDatabase(t)
  const { exitCode, stdout } = await assay(['keys', 'rotate'], { DATABASE_URL: url })
  t.equal(exitCode, 0)
  t.match(stdout, /^[\w-]{43} {2}ES256 {2}current {2}.*\nnot sealed under ENCRYPTION_KEY: 0\n$/)
  t.match(await assay(['keys', 'burn'], { DATABASE_URL: url }), { exitCode: 2, stderr: /usage/ })
})

test('audit verify walks the chain, prints its head, and says the first event that is broken', async t => {
  const { url, db } = await testDatabase(t)
  t.equal((await assay(['keys', 'rotate'], { DATABASE_URL: url })).exitCode, 0)
  const whole = await assay(['audit', 'verify'], { DATABASE_URL: url })
  t.match(whole, { exitCode: 0, stdout: /^whole: 1 event verified\nhead [0-9a-f]{64} \(event 1\)\n$/ })
  const [head = ''] = /[0-9a-f]{64}/.exec(whole.stdout) ?? []
  await db.query(`update audit_events set actor = 'system' where actor = 'cli'`)
  const broken = await assay(['audit', 'verify', '--head', head], { DATABASE_URL: url })
  t.match(broken, { exitCode: 1, stdout: /^broken at event 1: / })
})

test('an unknown verb, or none, is answered with the usage', async t => {
  for (const args of [[], ['migrates'], ['constructor']]) {
    const { exitCode, stderr } = await assay(args)
    t.equal(exitCode, 2, args.join())
    t.match(stderr, 'usage: npm run assay -- <verb>')
  }
})

test('wrong settings are all named before anything is done', async t => {
  const { exitCode, stdout, stderr } = await assay(['migrate'], { DATABASE_URL: 'mysql://x', TOKEN_TTL: 'soon' })
  t.strictSame([exitCode, stdout], [2, ''])
  t.match(stderr, 'DATABASE_URL')
  t.match(stderr, 'TOKEN_TTL')
})
