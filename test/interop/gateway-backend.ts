// The backend behind a gateway. It knows our key set and nothing else: it shows what it was sent and what the token says, and keeps
// count of every request that reached it. It also speaks as much WebSocket as shows that the gateway lets it through.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import type { Test } from 'tap'
import { closeServer } from './support.ts'

/** What reached the backend, and what its token said; no claims where it is not to be believed. */
export interface Seen {
  method: string
  url: string
  /** Names in lower case, in the order of their coming, doubled ones too. */
  headers: [string, string][]
  body: number
  claims?: JWTPayload
}

/** A running backend; `seen` is every request that reached it. */
export interface Backend {
  port: number
  seen: Seen[]
}

/** Starts the backend for the life of the tests; `origin` is where it fetches the issuer's key set. */
export async function openBackend(t: Test, issuer: string, audience: string, origin = issuer): Promise<Backend> {
  const seen: Seen[] = []
  const keys = createRemoteJWKSet(new URL(`${origin}/.well-known/jwks.json`))
  const checks = { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'], requiredClaims: ['sub', 'exp'] }
  const look = async (request: IncomingMessage, body: number): Promise<Seen> => {
    const token = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const claims = await jwtVerify(token, keys, checks).then(
      ({ payload }) => ({ claims: payload }),
      () => ({}),
    )
    const one = { method: request.method ?? '', url: request.url ?? '', headers: pairs(request), body, ...claims }
    if (one.url !== '/favicon.ico') seen.push(one)
    return one
  }
  const server = createServer(async (request, response) => {
    let bytes = 0
    for await (const chunk of request) bytes += chunk.length
    const one = await look(request, bytes)
    const failing = request.url === '/failing'
    response.writeHead(failing ? 500 : one.claims ? 200 : 401, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(one, undefined, 2))
  })
  server.on('upgrade', async (request, socket) => {
    socket
      .on('error', () => socket.destroy())
      .on('end', () => socket.end())
      .resume()
    const { claims } = await look(request, 0)
    if (!claims) return socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
    const accept = createHash('sha1').update(
      `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`,
    )
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept.digest('base64')}\r\n\r\n`,
    )
    const text = Buffer.from(String(claims['email']))
    return socket.write(Buffer.concat([Buffer.of(0x81, text.length), text]))
  })
  t.teardown(() => closeServer(server))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, seen }
}

function pairs({ rawHeaders }: IncomingMessage): [string, string][] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? '']] : []))
}
