// The stage of the interop tests: the service as it runs anywhere, on a port and a database of its own, and a backend behind it
// that knows nothing of SAML. INTEROP_KEEP=1 keeps the stage's folder, with logs, messages and a picture of every last page.

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { Test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { openLog } from '../../src/log.ts'
import { testDatabase } from '../support/database.ts'

/** The audience of the backend's tokens. */
export const audience = 'https://backend.example'

/** The service and its backend, running. */
export interface Stage {
  /** The service's origin, on localhost. */
  publicUrl: string
  /** The backend's origin: its front page shows what it read from the token, as JSON. */
  backend: string
  /** A folder that goes when the tests are over. */
  home: string
  /** Asks the admin API, `path` after /api/v1; throws where it refuses. */
  api<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<T>
}

/** A connection as the admin API answers it, as far as these tests look. */
export interface Connection {
  id: string
  issuer: string
  sign_on_url: string
  sp: { entity_id: string; acs_url: string; metadata_url: string; certificates: string[] }
}

/** A login attempt as the admin API answers it. */
export interface Attempt {
  trace_id: string
  outcome: 'accepted' | 'refused'
  code: string | null
  checks: { name: string; verdict: 'pass' | 'fail' | 'skip'; expected: string; received: string; fix: string }[]
}

/** Opens the stage for one test file. */
export async function openStage(t: Test): Promise<Stage> {
  const home = await temporaryFolder(t)
  const port = await freePort()
  const key = randomBytes(32).toString('hex')
  const config = readConfig(
    {
      PORT: String(port),
      DATABASE_URL: (await testDatabase(t)).url,
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      ADMIN_API_KEY: key,
    },
    () => '',
  )
  if (Array.isArray(config)) throw new Error(JSON.stringify(config))
  const house = await openHouse(config, { logger: openLog('debug', createWriteStream(join(home, 'service.log'))) })
  t.teardown(() => house.close())
  await house.app.listen({ port, host: config.host })
  const { publicUrl } = config
  const api: Stage['api'] = async (method, path, body) => {
    const headers = { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) }
    const given = body ? { body: JSON.stringify(body) } : {}
    const response = await fetch(`${publicUrl}/api/v1${path}`, { method, headers, ...given })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${text}`)
    return JSON.parse(text)
  }
  const backend = await openBackend(t, publicUrl)
  await api('POST', '/clients', { client_id: 'app', name: 'The backend', audience, origins: [backend] })
  return { publicUrl, backend, home, api }
}

// Host-only cookies know no ports, so the browser shows the session to the backend as it would behind a gateway.
async function openBackend(t: Test, publicUrl: string): Promise<string> {
  const discovery = await fetch(`${publicUrl}/.well-known/openid-configuration`)
  const { issuer, jwks_uri } = (await discovery.json()) as { issuer: string; jwks_uri: string }
  const keys = createRemoteJWKSet(new URL(jwks_uri))
  const server = createServer(async ({ headers }, response) => {
    const asked = await fetch(`${publicUrl}/gateway/verify?client=app`, { headers: { cookie: headers.cookie ?? '' } })
    const token = asked.headers.get('authorization')?.replace(/^Bearer /, '') ?? ''
    const read = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt' }).catch(() => undefined)
    const email = asked.headers.get('x-auth-email')
    response.writeHead(asked.status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify({ claims: read?.payload, email }, undefined, 2))
  })
  t.teardown(() => closeServer(server))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

/** Ends a server with its connections. */
export async function closeServer(server: Server): Promise<void> {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

/** A folder that goes when the tests are over; INTEROP_KEEP=1 keeps it. */
export async function temporaryFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-interop-'))
  if (process.env['INTEROP_KEEP']) t.comment(`kept: ${folder}`)
  else t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await closeServer(server)
  return port
}

const runFile = promisify(execFile)

/** Runs a command with nothing but PATH and `env`; answers what it says on both streams, throws with it where it fails. */
export async function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { stdout, stderr } = await runFile(command, args, { env: { PATH: process.env['PATH'], ...env } })
  return stdout + stderr
}

/** Installs Debian packages that are missing; throws with the name of what cannot be had. */
export async function needPackages(...names: string[]): Promise<void> {
  await run(fileURLToPath(new URL('packages.sh', import.meta.url)), names)
}
