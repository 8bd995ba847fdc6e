// `node test/bench/gateway.ts`, and a part of `npm run bench`: what a verdict for a gateway costs with a warm session, beside a bare
// Fastify route and the key set, in one run. Requests per second of one core are counted by the CPU time of the server's process.

import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Agent, get, type RequestOptions } from 'node:http'
import { fileURLToPath } from 'node:url'
import { mintAccessToken } from '../../src/tokens/mint.ts'
import { makeSigningKey, openSigningKey } from '../../src/tokens/signing-key.ts'
import { takeTurns } from './measure.ts'
import { milliseconds, printTable } from './table.ts'

interface Target {
  name: string
  port: number
  path: string
  headers: Record<string, string>
}

interface Rate {
  requests: number
  /** Microseconds of the server's CPU, and of the clock. */
  cpu: number
  wall: number
}

const connections = 16
const rounds = 5
const roundMs = 700

/** Prints the table; the server ends with it. */
export async function benchGateway(): Promise<void> {
  const server = fork(fileURLToPath(new URL('gateway-server.ts', import.meta.url)))
  const ask = async <T>(): Promise<T> => (await once(server, 'message'))[0] as T
  const { bare, house, cookie } = await ask<{ bare: number; house: number; cookie: string }>()
  const targets: Target[] = [
    { name: 'a bare Fastify route', port: bare, path: '/', headers: {} },
    { name: '/.well-known/jwks.json', port: house, path: '/.well-known/jwks.json', headers: {} },
    { name: '/gateway/verify, warm', port: house, path: '/gateway/verify', headers: { cookie } },
    { name: '/gateway/verify, nobody', port: house, path: '/gateway/verify', headers: {} },
  ]
  const cpuOf = async (): Promise<number> => {
    server.send('cpu')
    const { user, system } = await ask<NodeJS.CpuUsage>()
    return user + system
  }
  const rates = targets.map((): Rate => ({ requests: 0, cpu: 0, wall: 0 }))
  for (const target of targets) await load(target, roundMs)
  for (let round = 0; round < rounds; round += 1) {
    for (const [n, target] of targets.entries()) {
      const [before, start] = [await cpuOf(), performance.now()]
      const requests = await load(target, roundMs)
      const rate = rates[n] as Rate
      rate.requests += requests
      rate.wall += (performance.now() - start) * 1000
      rate.cpu += (await cpuOf()) - before
    }
  }
  server.send('leave')
  await once(server, 'exit')
  const perCore = rates.map(({ requests, cpu }) => (requests / cpu) * 1e6)
  printTable(
    'Requests per second of one core (by CPU time), and as measured over the wire',
    ['', 'per core', 'of bare', 'measured', 'CPU ms'],
    targets.map(({ name }, n) => {
      const { requests, cpu, wall } = rates[n] as Rate
      const share = `${((perCore[n] ?? 0) / (perCore[0] ?? 1)).toFixed(2)} x`
      const measured = Math.round((requests / wall) * 1e6)
      return [name, String(Math.round(perCore[n] ?? 0)), share, String(measured), milliseconds(cpu / requests / 1000)]
    }),
  )
  await minting()
}

// So many connections, each with one request at a time; answers how many were answered.
async function load({ port, path, headers }: Target, ms: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const end = performance.now() + ms
  let answered = 0
  const one = async () => {
    while (performance.now() < end) {
      await request({ host: '127.0.0.1', port, path, headers, agent })
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  agent.destroy()
  return answered
}

function request(options: RequestOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    get(options, answer => answer.resume().on('end', resolve)).on('error', reject)
  })
}

// What a token in memory saves.
async function minting(): Promise<void> {
  const now = new Date()
  const person = { sub: 'sub', tenant: 'acme', connection_id: 'connection', client_id: 'default' }
  const times = { auth_time: now, created_at: now, last_seen_at: now, expires_at: new Date(now.getTime() + 1e7) }
  const claims = { email: 'alice@acme.example', name: 'Alice', groups: ['staff', 'admins'], roles: ['admin'] }
  const session = { ...person, ...times, claims, sid: 'sid', name_id: null, session_indexes: [] }
  const client = { client_id: 'default', audience: 'https://sso.example', token_ttl: null }
  const tasks = []
  for (const alg of ['ES256', 'RS256', 'EdDSA'] as const) {
    const { record, privateJwk } = await makeSigningKey(alg, now, now)
    const keys = [await openSigningKey(record, privateJwk)]
    const deps = { keys: async () => keys, clock: () => now, random: randomBytes, issuer: 'https://sso.example' }
    const mint = mintAccessToken({ ...deps, ttl: 300 })
    tasks.push({ name: `minting a token, ${alg}`, run: () => mint(session, client) })
  }
  const timings = await takeTurns(tasks, 7, 60)
  printTable(
    'What a token in memory saves',
    ['', 'CPU ms'],
    timings.map(({ name, cpu }) => [name, milliseconds(cpu)]),
  )
}

if (import.meta.main) await benchGateway()
