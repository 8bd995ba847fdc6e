// The servers of the load test, each a process of its own on a database of its own: Assay as `npm start` runs it, and Polis.

import { type ChildProcess, execFileSync, type ForkOptions, fork, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { TestIdp } from '../support/idp.ts'
import type { Target } from './load-people.ts'
import type { PolisOrder } from './load-polis.ts'

/** A server that runs. */
export interface Running {
  pid: number
  target: Target
  stop(): Promise<void>
}

/** The version of Polis that is driven. */
export const polisVersion = '26.2.0'

const root = fileURLToPath(new URL('../..', import.meta.url))
const polisFolder = join(root, '.peers/polis')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }
const adminKey = 'an-admin-key-for-the-load-test-of-some-length'
const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
const callback = 'https://app.example/cb'

/** Starts Assay; answers also the milliseconds from the start of the process to its first 200 at /readyz. */
export async function startAssay(databaseUrl: string, settings: Record<string, string>) {
  const port = await freePort()
  const env = {
    ...{ PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, PORT: String(port) },
    ...{ DATABASE_URL: databaseUrl, ADMIN_API_KEY: adminKey },
    ...{ ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'), TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'warn' },
    ...settings,
  }
  const command = `exec env ${scripts.start}`
  const start = performance.now()
  const child = spawn('sh', ['-c', command], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const base = `http://127.0.0.1:${port}`
  while (!(await answers(`${base}/readyz`))) {
    if (child.exitCode !== null) throw new Error('Assay does not start')
    await sleep(5)
  }
  return { pid: child.pid ?? 0, port, base, readyMs: performance.now() - start, stop: () => end(child, 'SIGTERM') }
}

/** What a started Assay is. */
export type Assay = Awaited<ReturnType<typeof startAssay>>

/** Makes a connection and an OAuth client; answers where people sign in by the code flow, and by the session of a gateway. */
export async function furnishAssay({ base, port }: Assay, idp: TestIdp): Promise<{ code: Target; gateway: Target }> {
  const api = async (path: string, body: object) => {
    const answer = await fetch(`${base}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (answer.status !== 201) throw new Error(await answer.text())
    return (await answer.json()) as { id: string; sp: { entity_id: string; acs_url: string } }
  }
  const connection = await api('connections', {
    ...{ tenant: 'acme', name: 'Acme', issuer: idp.issuer, sign_on_url: 'https://idp.example/sso' },
    certificates: [idp.certificate],
  })
  await api('clients', { client_id: 'app', name: 'App', audience: 'https://app.example', redirect_uris: [callback] })
  const { entity_id: entityId, acs_url: acsUrl } = connection.sp
  const own = { port, idp, sp: { entityId, acsUrl }, acs: new URL(acsUrl).pathname }
  const code = {
    ...own,
    begin: (challenge: string) => authorizePath('/authorize', 'app', challenge, { connection: connection.id }),
    end: codeEnd('/token', 'app', {}),
  }
  const gateway: Target = {
    ...own,
    begin: () => `/login/${connection.id}`,
    end: async (ask, _, cookie) => {
      const { status, headers } = await ask('/gateway/verify', { cookie })
      if (status !== 200 || headers.authorization === undefined) throw new Error(`No token: ${status}`)
    },
  }
  return { code, gateway }
}

/** Starts Polis on PostgreSQL, or in memory where no URL is given, with one connection to the identity provider. */
export async function startPolis(databaseUrl: string | undefined, idp: TestIdp, connections = 1): Promise<Running> {
  install()
  const sp = { entityId: 'https://polis.example', acsUrl: 'https://polis.example/acs' }
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwtSigningKeys = {
    private: Buffer.from(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64'),
    public: Buffer.from(pair.publicKey.export({ type: 'spki', format: 'pem' })).toString('base64'),
  }
  const order: PolisOrder = {
    folder: polisFolder,
    options: {
      ...{ externalUrl: 'https://polis.example', samlPath: '/acs', samlAudience: sp.entityId, noAnalytics: true },
      ...{ clientSecretVerifier: 'dummy', openid: { jwsAlg: 'ES256', jwtSigningKeys } },
      db: databaseUrl === undefined ? { engine: 'mem' } : { engine: 'sql', type: 'postgres', url: databaseUrl },
    },
    connections: Array.from({ length: connections }, (_, n) => ({
      ...{ tenant: `tenant${n}`, product: 'app', redirectUrl: callback, defaultRedirectUrl: callback },
      rawMetadata: metadata(idp),
    })),
  }
  const options: ForkOptions = { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }
  const child = fork(fileURLToPath(new URL('load-polis.ts', import.meta.url)), [JSON.stringify(order)], options)
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const clientId = 'tenant=tenant0&product=app'
  const target: Target = {
    ...{ port, idp, sp, acs: '/acs' },
    begin: challenge => authorizePath('/authorize', clientId, challenge, {}),
    end: codeEnd('/token', clientId, { client_secret: 'dummy' }),
  }
  return { pid: child.pid ?? 0, target, stop: () => end(child, 'SIGKILL') }
}

function authorizePath(path: string, clientId: string, challenge: string, more: Record<string, string>): string {
  const query = {
    ...{
      client_id: clientId,
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid',
      state: 'state-of-the-app',
    },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', ...more },
  }
  return `${path}?${new URLSearchParams(query)}`
}

function codeEnd(path: string, clientId: string, secret: Record<string, string>): Target['end'] {
  return async (ask, location, _, verifier) => {
    const code = new URL(location).searchParams.get('code')
    if (code === null) throw new Error(`No code: ${location}`)
    const fields = { grant_type: 'authorization_code', code, redirect_uri: callback, client_id: clientId, ...secret }
    const { status, body } = await ask(path, {}, { ...fields, code_verifier: verifier })
    const tokens = status === 200 ? (JSON.parse(body) as { access_token?: string; id_token?: string }) : {}
    if (tokens.access_token === undefined || tokens.id_token === undefined)
      throw new Error(`No tokens: ${status} ${body}`)
  }
}

const metadata = ({ issuer, bareCertificate }: TestIdp) => `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${issuer}">
 <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>
${bareCertificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
  <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>
 </md:IDPSSODescriptor>
</md:EntityDescriptor>`

function install(): void {
  const file = join(polisFolder, 'node_modules/@boxyhq/saml-jackson/package.json')
  if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === polisVersion) return
  console.log(`Installing @boxyhq/saml-jackson ${polisVersion} into .peers/polis/`)
  const options = [
    '--ignore-scripts',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--omit=optional',
    '--prefix',
    polisFolder,
  ]
  execFileSync('npm', ['install', ...options, `@boxyhq/saml-jackson@${polisVersion}`], { stdio: 'inherit' })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** A port of this machine that nobody has. */
export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  listener.close()
  return typeof address === 'object' && address ? address.port : 0
}
