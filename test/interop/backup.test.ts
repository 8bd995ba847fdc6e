// The commands of "Backup and restore" in docs/operating.md, on a PostgreSQL of Debian's with a service that goes on meanwhile.

import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Test, test } from 'tap'
import { testApp } from '../support/app.ts'
import { connect, logIn, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { freePort, needPackages, run, temporaryFolder } from './support.ts'

const bin = '/usr/lib/postgresql/15/bin'
const runFile = promisify(execFile)

// PostgreSQL refuses root: as root it runs as the account that its package made.
async function postgres(t: Test): Promise<string> {
  await needPackages('postgresql-15')
  const home = join(await temporaryFolder(t), 'postgres')
  await mkdir(home)
  await chmod(join(home, '..'), 0o755)
  const id = async (option: string) => Number(await run('id', [option, 'postgres']))
  const account = process.getuid?.() === 0 ? { uid: await id('-u'), gid: await id('-g') } : {}
  if (account.uid) await chown(home, account.uid, account.gid)
  const tool = (name: string, ...args: string[]) => runFile(join(bin, name), args, { cwd: home, ...account })
  const port = await freePort()
  const data = join(home, 'data')
  await tool('initdb', '--username=assay', '--auth=trust', '--no-sync', data)
  const options = `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home}`
  await tool('pg_ctl', '--wait', `--pgdata=${data}`, `--log=${home}/log`, '--options', options, 'start')
  t.teardown(() => tool('pg_ctl', '--wait', `--pgdata=${data}`, '--mode=fast', 'stop'))
  return `postgres://assay@127.0.0.1:${port}`
}

// The two lines of the document, with the names of its variables.
async function commands(): Promise<{ dump: string; restore: string }> {
  const text = await readFile(new URL('../../docs/operating.md', import.meta.url), 'utf8')
  const [dump = ''] = /^pg_dump .*$/m.exec(text) ?? []
  const [restore = ''] = /^pg_restore .*$/m.exec(text) ?? []
  return { dump, restore }
}

test('a dump of a running service, restored, has its keys, connections, sessions and taken assertions', async t => {
  const server = await postgres(t)
  const home = await temporaryFolder(t)
  const env = {
    SERVER: server,
    PATH: `${bin}:${process.env['PATH']}`,
    DATABASE_URL: `${server}/assay`,
    NEW_DATABASE_URL: `${server}/other`,
  }
  const shell = (command: string) => runFile('bash', ['-ec', command], { cwd: home, env })
  await shell('createdb --maintenance-db="$SERVER/postgres" assay')
  const idp = testIdp()
  const before = await testApp(t, { databaseUrl: env.DATABASE_URL })
  const connection = await connect(before.app, idp)
  const signIn = async () => {
    const browser = openBrowser(before.app)
    const answer = await logIn(browser, idp, connection)
    t.equal(answer.statusCode, 303)
    return { cookies: browser.cookies, at: browser }
  }
  const early = await signIn()
  const { dump, restore } = await commands()
  const [, late] = await Promise.all([shell(dump), signIn()])
  const last = await signIn()

  await shell('createdb --maintenance-db="$SERVER/postgres" other')
  await shell(restore)
  const after = await testApp(t, { databaseUrl: env.NEW_DATABASE_URL })
  const keys = async ({ app }: typeof after) => (await app.inject('/.well-known/jwks.json')).json()
  t.same(await keys(after), await keys(before))
  const status = async ({ cookies }: typeof early) => {
    const browser = openBrowser(after.app)
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    return (await browser.get('/gateway/verify')).statusCode
  }
  t.equal(await status(early), 200)
  t.equal(await status(last), 401, 'a dump is as of its moment')
  t.ok([200, 401].includes(await status(late)))
  const counted = await after.db.query('select from consumed_assertions')
  t.ok(counted.length === 1 || counted.length === 2)
  const again = await logIn(openBrowser(after.app), idp, connection)
  t.equal(again.statusCode, 303, 'the connection is trusted as before')
  t.equal((await after.app.inject('/readyz')).statusCode, 200)

  const key = Buffer.alloc(32, 8).toString('base64')
  await t.rejects(testApp(t, { databaseUrl: env.NEW_DATABASE_URL, settings: { ENCRYPTION_KEY: key } }), {
    message: /ENCRYPTION_KEY/,
  })
})
