// The process: how it starts, what it says, how it leaves.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Test, test } from 'tap'

const server = fileURLToPath(new URL('../src/server.ts', import.meta.url))

interface Process {
  child: ChildProcess
  output: () => string
  until: (text: string) => Promise<void>
}

function start(t: Test, environment: Record<string, string>): Process {
  const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), ...environment }
  const child = spawn(process.execPath, [server], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (text += chunk))
  t.teardown(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  const until = async (wanted: string) => {
    while (!text.includes(wanted)) {
      if (child.exitCode !== null) throw new Error(text)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
  return { child, output: () => text, until }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  listener.close()
  return typeof address === 'object' && address ? address.port : 0
}

async function folder(t: Test): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'assay-server-'))
  t.teardown(() => rm(path, { recursive: true, force: true }))
  return path
}

test('wrong settings end the start with every mistake', async t => {
  const { child, output } = start(t, { PORT: 'x', TOKEN_ALG: 'none', ENCRYPTION_KEY: 'secret-but-wrong' })
  const [code] = await once(child, 'exit')
  t.equal(code, 1)
  for (const name of ['PORT', 'TOKEN_ALG', 'ENCRYPTION_KEY']) t.match(output(), new RegExp(`^  ${name} must`, 'm'))
  t.notMatch(output(), 'secret-but-wrong')
})

test('a fresh start prints where to go and the admin key once; SIGTERM in a login lets it finish and exits 0', async t => {
  const [DATA_DIR, port] = [await folder(t), await freePort()]
  const environment = { DATA_DIR, PORT: String(port) }
  const first = start(t, environment)
  await first.until('openapi.yaml')
  const key = /Admin key, shown this once: ([\w-]{43})/.exec(first.output())?.[1] ?? ''
  t.equal((first.output().match(/http:\/\/localhost:\d+\/\S*/g) ?? []).length >= 3, true)
  const base = `http://127.0.0.1:${port}`
  t.equal((await fetch(`${base}/readyz`)).status, 200)

  // A request whose body is still on its way when the signal comes.
  const authorization = { authorization: `Bearer ${key}` }
  const connections = await (await fetch(`${base}/api/v1/connections`, { headers: authorization })).json()
  const acs = `${base}/saml/${connections.items[0].id}/acs`
  let send: (chunk: Uint8Array) => void = () => undefined
  let end = () => {}
  const body = new ReadableStream({
    start(controller) {
      send = chunk => controller.enqueue(chunk)
      end = () => controller.close()
    },
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const request = { method: 'POST', headers, body, duplex: 'half' }
  const underWay = fetch(acs, request)
  send(Buffer.from('SAMLResponse='))
  await new Promise(resolve => setTimeout(resolve, 200))
  first.child.kill('SIGTERM')
  await new Promise(resolve => setTimeout(resolve, 200))
  await t.rejects(fetch(`${base}/livez`), 'no new connection is taken')
  send(Buffer.from('AAAA'))
  end()
  t.match(await (await underWay).json(), { status: 403, code: 'login_refused' })
  const [code] = await once(first.child, 'exit')
  t.equal(code, 0)

  const second = start(t, environment)
  await second.until('openapi.yaml')
  t.notMatch(second.output(), 'Admin key')
  t.equal((await fetch(`${base}/api/v1/connections`, { headers: { authorization: `Bearer ${key}` } })).status, 200)
  second.child.kill('SIGTERM')
  t.same(await once(second.child, 'exit'), [0, null])
})
