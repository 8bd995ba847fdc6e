// The demo's application: it believes the token and nothing else (RFC 9068 §4), verified with Assay's public keys. It shows the
// claims, and the headers that it was given, whoever wrote them.

import { createServer, type IncomingMessage } from 'node:http'
import closeWithGrace from 'close-with-grace'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'

const { ISSUER: issuer = '', AUDIENCE: audience = '', JWKS_URL: jwksUrl = '' } = process.env
const keys = createRemoteJWKSet(new URL(jwksUrl))
const algorithms = ['ES256', 'RS256', 'EdDSA']

const server = createServer(async (request, response) => {
  const claims = await verified(request).catch(() => undefined)
  response.setHeader('cache-control', 'no-store')
  if (claims) response.setHeader('content-type', 'text/html; charset=utf-8').end(page(claims, request))
  else response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
})
server.listen(3000)
closeWithGrace(() => server.close())

async function verified({ headers }: IncomingMessage): Promise<JWTPayload> {
  const token = /^Bearer ([\w.-]+)$/.exec(headers.authorization ?? '')?.[1] ?? ''
  const checks = { issuer, audience, algorithms, typ: 'at+jwt', requiredClaims: ['sub', 'exp'] }
  return (await jwtVerify(token, keys, checks)).payload
}

function page(claims: JWTPayload, { headers: { authorization: _, ...others } }: IncomingMessage): string {
  const leave = `${issuer}/logout?client=app&return_to=${encodeURIComponent(`${audience}/`)}`
  return `<!doctype html><meta charset="utf-8"><title>The application</title>
<h1>Hello, ${text(claims['name'])}</h1>
<p><a href="${text(leave)}">Sign out</a></p>
<h2>What the token says</h2><pre id="claims">${text(JSON.stringify(claims, null, 2))}</pre>
<h2>The other headers</h2><pre id="headers">${text(JSON.stringify(others, null, 2))}</pre>`
}

function text(value: unknown): string {
  return String(value).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
