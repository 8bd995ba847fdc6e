// 200 hostile clients in a process of their own: `node flooding.ts PORT CONNECTION`. Each has an address, stays
// with one of three ways, and goes on after a moment on the network until the parent says so; then they tell what they were answered.

import { randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { inflateRawSync } from 'node:zlib'
import { asker } from '../bench/load-people.ts'
import { respond, testIdp } from '../support/idp.ts'

const [port, connection, issuer, entityId, acsUrl] = process.argv.slice(2) as [string, string, string, string, string]
const acs = `/saml/${connection}/acs`
const agent = new Agent({ keepAlive: true, maxSockets: 200 })
const answers: Record<string, number> = {}
let over = false
const networkMs = 50

// Signed once: whoever floods does not spend more than it must.
const forged = respond(testIdp(issuer), { entityId, acsUrl }, `_${randomBytes(20).toString('hex')}`)
const garbage = [randomBytes(7_000).toString('base64'), 'PHg+', '', '<x>', 'A'.repeat(300_000)]

type Ask = ReturnType<typeof asker>

async function post(ask: Ask, SAMLResponse: string, RelayState: string, cookie = ''): Promise<void> {
  const { status } = await ask(acs, { cookie, accept: 'text/html' }, { SAMLResponse, RelayState })
  count(status)
}

const ways = [
  (ask: Ask, n: number) => post(ask, garbage[n % garbage.length] ?? '', 'x'),
  async (ask: Ask) => {
    const { status, headers } = await ask(`/login/${connection}`)
    count(status)
    const { location = '' } = headers
    if (status !== 302) return
    const { searchParams } = new URL(location)
    const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
    const id = / ID="([^"]+)"/.exec(xml)?.[1] ?? ''
    const answered = Buffer.from(forged, 'base64')
      .toString()
      .replace(/_[0-9a-f]{40}(?=")/g, id)
    const cookie = (headers['set-cookie'] ?? []).map(one => one.split(';')[0]).join('; ')
    await post(ask, Buffer.from(answered).toString('base64'), searchParams.get('RelayState') ?? '', cookie)
  },
  () =>
    new Promise<void>(resolve => {
      const socket = connect(Number(port), '127.0.0.1')
      const head = `POST ${acs} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 300000\r\n\r\n`
      socket.on('error', () => undefined)
      socket.on('data', data => count(Number(data.toString().slice(9, 12))))
      socket.on('close', () => resolve())
      socket.write(head)
      const drip = setInterval(() => (over ? socket.destroy() : socket.write('SAMLResponse=')), 500)
      socket.once('close', () => clearInterval(drip))
    }),
]

function count(status: number): void {
  answers[status] = (answers[status] ?? 0) + 1
}

process.on('message', () => {
  over = true
})
const clients = Array.from({ length: 200 }, async (_, client) => {
  const ask = asker(Number(port), agent)
  for (let n = 0; !over; n += 1) {
    await ways[client % ways.length]?.(ask, n).catch(() => undefined)
    await sleep(networkMs)
  }
})
await Promise.all(clients)
process.send?.(answers, () => process.exit(0))
