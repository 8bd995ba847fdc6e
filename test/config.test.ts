import { test } from 'tap'
import { readConfig } from '../src/config.ts'

const noFile = (): string => {
  throw new Error('ENOENT')
}
const key = Buffer.alloc(32, 1).toString('base64')
const fields = (config: ReturnType<typeof readConfig>) => (Array.isArray(config) ? config.map(one => one.field) : [])

test('nothing set gives the defaults of a fresh clone', async t => {
  t.match(readConfig({}, noFile), {
    port: 8080,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:8080',
    databaseUrl: undefined,
    demo: true,
    crossCheck: true,
    tokenAlg: 'ES256',
    tokenTtl: 300,
    trustedProxies: [],
  })
})

test('every mistake is named at once', async t => {
  const wrong = {
    PORT: 'http',
    PUBLIC_URL: 'https://sso.example/',
    DATABASE_URL: 'mysql://x',
    ADMIN_API_KEY: 'short',
    ENCRYPTION_KEY: 'abc',
    TOKEN_ALG: 'HS256',
    TOKEN_TTL: '-1',
    CROSS_CHECK: 'maybe',
    TRUSTED_PROXIES: '10.0.0.0/8, everybody',
    COOKIE_DOMAIN: 'Example.com',
    LOG_LEVEL: 'loud',
  }
  t.same(fields(readConfig(wrong, noFile)).sort(), Object.keys(wrong).sort())
})

test('a value may come from a file; its last line end does not count, and both ways at once are a mistake', async t => {
  const files: Record<string, string> = { '/run/key': `${key}\n` }
  const read = (path: string) => files[path] ?? noFile()
  const database = { DATABASE_URL: 'postgres://db/assay' }
  t.match(readConfig({ ...database, ENCRYPTION_KEY_FILE: '/run/key' }, read), { encryptionKey: Buffer.alloc(32, 1) })
  t.same(fields(readConfig({ ...database, ENCRYPTION_KEY_FILE: '/gone' }, read)), ['ENCRYPTION_KEY_FILE'])
  t.same(fields(readConfig({ ...database, ENCRYPTION_KEY_FILE: '/run/key', ENCRYPTION_KEY: key }, read)), [
    'ENCRYPTION_KEY',
  ])
})

test('a database needs an encryption key, and production needs a database', async t => {
  t.same(fields(readConfig({ DATABASE_URL: 'postgres://db/assay' }, noFile)), ['ENCRYPTION_KEY'])
  t.same(fields(readConfig({ NODE_ENV: 'production' }, noFile)), ['DATABASE_URL'])
})

test('the demo is impossible in production and beside another database', async t => {
  const database = { DATABASE_URL: 'postgres://db/assay', ENCRYPTION_KEY: key }
  t.match(readConfig(database, noFile), { demo: false })
  t.same(fields(readConfig({ ...database, DEMO: 'on' }, noFile)), ['DEMO'])
  t.same(fields(readConfig({ ...database, NODE_ENV: 'production', DEMO: 'on' }, noFile)), ['DEMO'])
  t.ok(fields(readConfig({ NODE_ENV: 'production', DEMO: 'on' }, noFile)).includes('DEMO'))
})

test('production speaks https except to itself', async t => {
  const production = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db/assay', ENCRYPTION_KEY: key }
  t.same(fields(readConfig({ ...production, PUBLIC_URL: 'http://sso.example' }, noFile)), ['PUBLIC_URL'])
  t.match(readConfig({ ...production, PUBLIC_URL: 'http://localhost:8080' }, noFile), {
    publicUrl: 'http://localhost:8080',
  })
})

test('a cookie domain must hold the public host', async t => {
  const at = (COOKIE_DOMAIN: string) => readConfig({ PUBLIC_URL: 'https://sso.example.com', COOKIE_DOMAIN }, noFile)
  t.match(at('example.com'), { cookieDomain: 'example.com' })
  t.same(fields(at('other.com')), ['COOKIE_DOMAIN'])
  t.same(fields(at('ample.com')), ['COOKIE_DOMAIN'])
})
