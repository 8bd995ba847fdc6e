// The stage of the gateway tests: the service with its demo, a gateway made from its example file, and a backend that believes the
// token alone. Between gateway and service is a line that can be cut, and that says from which address the gateway seems to come.

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, createWriteStream, openSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { openLog } from '../../src/log.ts'
import { testDatabase } from '../support/database.ts'
import { type Backend, openBackend } from './gateway-backend.ts'
import { freePort, temporaryFolder } from './support.ts'

/** The audience of the backend's tokens. */
export const audience = 'https://backend.example'

/** What the gateway finds at Assay's address: Assay, nobody, silence, or an answer with a status and nothing else. */
export type Line = 'assay' | 'nobody' | 'silence' | 500 | 503

/** All that runs for one gateway. */
export interface GatewayStage {
  /** The service's origin, as browsers see it. */
  publicUrl: string
  /** The gateway's origin. */
  gateway: string
  backend: Backend
  home: string
  line: {
    /** Changes what the gateway finds, also on connections that are open. */
    set(line: Line): void
    /** Whether the gateway comes from the address in TRUSTED_PROXIES. */
    trusted: boolean
  }
  /** The cookies of the person who has signed in, as a header; empty until then. */
  cookie: string
  /** Asks the admin API, `path` after /api/v1. */
  api(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<Record<string, unknown>>
}

/** How a gateway is started: writes what it needs into `home` and answers its command. `secret` is the client's, where it has one. */
export type Command = (
  home: string,
  example: (file: string) => Promise<string>,
  secret: string,
) => Promise<[string, ...string[]]>

const trustedAddress = '127.0.0.2'

/** Opens the stage around one gateway, whose example is in examples/gateways/`name`; `client` is what its client needs beside. */
export async function openGateway(
  t: Test,
  name: string,
  command: Command,
  client: (gateway: string) => object = () => ({}),
): Promise<GatewayStage> {
  const home = await temporaryFolder(t)
  const { publicUrl, port, api } = await openAssay(t, home)
  const line = await openLine(t, port)
  const backend = await openBackend(t, publicUrl, audience)
  const gatewayPort = await freePort()
  const gateway = `http://localhost:${gatewayPort}`
  const common = { client_id: 'app', name: 'The application', audience, origins: [gateway] }
  const made = await api('POST', '/clients', { ...common, ...client(gateway) })
  const places = {
    '127.0.0.1:8080': `127.0.0.1:${line.port}`,
    '127.0.0.1:3000': `127.0.0.1:${backend.port}`,
    '127.0.0.1:8081': `127.0.0.1:${gatewayPort}`,
    'http://localhost:8080': publicUrl,
    'http://localhost:8081': gateway,
    'localhost:8081': new URL(gateway).host,
  }
  const example = (file: string) => filledIn(name, file, places)
  await startProcess(t, await command(home, example, String(made['client_secret'])), home, gatewayPort)
  return { publicUrl, gateway, backend, home, line, api, cookie: '' }
}

// An example is used as it stands, but for the addresses.
async function filledIn(name: string, file: string, places: Record<string, string>): Promise<string> {
  const text = await readFile(
    fileURLToPath(new URL(`../../examples/gateways/${name}/${file}`, import.meta.url)),
    'utf8',
  )
  const pattern = new RegExp(Object.keys(places).join('|').replaceAll('.', '\\.'), 'g')
  return text.replace(pattern, found => places[found] ?? '')
}

async function openAssay(t: Test, home: string) {
  const port = await freePort()
  const key = randomBytes(32).toString('hex')
  const environment = { PORT: String(port), DATA_DIR: home, ADMIN_API_KEY: key, TRUSTED_PROXIES: trustedAddress }
  const config = readConfig({ ...environment, ENCRYPTION_KEY: randomBytes(32).toString('base64') }, () => '')
  if (Array.isArray(config)) throw new Error(JSON.stringify(config))
  // The demo without the time that a database of its own would take.
  config.databaseUrl = (await testDatabase(t)).url
  const logger = openLog('debug', createWriteStream(join(home, 'service.log')))
  const house = await openHouse(config, { logger })
  t.teardown(() => house.close())
  await house.app.listen({ port, host: config.host })
  const api: GatewayStage['api'] = async (method, path, body) => {
    const headers = { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) }
    const given = body ? { body: JSON.stringify(body) } : {}
    const response = await fetch(`${config.publicUrl}/api/v1${path}`, { method, headers, ...given })
    if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${await response.text()}`)
    return (await response.json()) as Record<string, unknown>
  }
  return { publicUrl: config.publicUrl, port, api }
}

async function openLine(t: Test, port: number) {
  let now: Line = 'assay'
  const open = new Set<Socket>()
  const line = {
    port: 0,
    trusted: true,
    set(next: Line) {
      now = next
      for (const socket of open) socket.destroy()
    },
  }
  const server = createServer(socket => {
    open.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
    if (now === 'nobody') socket.destroy()
    else if (now === 'assay') splice(socket, connect({ port, host: '127.0.0.1', ...from(line.trusted) }))
    else if (now !== 'silence') socket.end(`HTTP/1.1 ${now} Away\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  })
  t.teardown(() => {
    server.close()
    line.set('nobody')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  line.port = (server.address() as AddressInfo).port
  return line
}

function from(trusted: boolean) {
  return trusted ? { localAddress: trustedAddress } : {}
}

function splice(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one)
  other.on('error', () => one.destroy()).on('close', () => one.destroy())
  one.on('close', () => other.destroy())
}

/** Starts a gateway and waits until it listens. It ends with this process, however that goes. */
export async function startProcess(t: Test, command: readonly string[], home: string, port: number): Promise<void> {
  const path = `${process.env['PATH']}:/usr/sbin`
  const log = join(home, 'gateway.log')
  const output = openSync(log, 'a')
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', ...command], {
    env: { PATH: path, HOME: home },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  t.teardown(() => stopProcess(child))
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) break
    if (await answers(port)) return
    await sleep(50)
  }
  throw new Error(`${command[0]} does not listen:\n${readFileSync(log, 'utf8')}`)
}

function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const answer = new Promise<boolean>(resolve => {
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
  })
  return answer.finally(() => socket.destroy())
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await Promise.race([exit, sleep(3000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))])
}

/** Keeps a file of the gateway in its folder; answers its path. */
export async function keep(home: string, name: string, text: string): Promise<string> {
  const path = join(home, name)
  await writeFile(path, text)
  return path
}
