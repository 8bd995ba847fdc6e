// An issuer whose key set and revocation feed a test can turn at will: what Assay never serves, backends must bear too.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { feed, openWorkshop, type TestKey, type Workshop } from './tokens.ts'

/** An issuer under a test's hand, and how often it was asked. */
export interface Issuer {
  workshop: Workshop
  /** The keys of the set; undefined: 503. */
  keys: TestKey[] | undefined
  /** Seconds. */
  maxAge: number
  /** The revocation feed; undefined: 503. */
  feed: string | undefined
  asked: { keys: number; feed: number; unchanged: number; elsewhere: number }
}

/** Starts an issuer on a port of its own. */
export async function openIssuer(t: Test): Promise<Issuer> {
  const server = createServer(({ url, headers }, response) => {
    const answer = answerTo(url ?? '', headers['if-none-match'])
    response.writeHead(answer.status, answer.headers).end(answer.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const workshop = openWorkshop(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const asked = { keys: 0, feed: 0, unchanged: 0, elsewhere: 0 }
  const issuer: Issuer = {
    workshop,
    keys: [workshop.es, workshop.rs, workshop.ed],
    maxAge: 300,
    feed: undefined,
    asked,
  }

  function answerTo(url: string, tag: string | undefined) {
    if (url === '/.well-known/jwks.json') {
      asked.keys += 1
      const body = issuer.keys && JSON.stringify({ keys: issuer.keys.map(key => key.jwk) })
      return answer(body, {
        'content-type': 'application/jwk-set+json',
        'cache-control': `public, max-age=${issuer.maxAge}`,
      })
    }
    if (url !== '/.well-known/revoked-sessions') {
      asked.elsewhere += 1
      return { status: 404, headers: {}, body: '' }
    }
    asked.feed += 1
    const etag = `W/"${createHash('sha256')
      .update(issuer.feed ?? '')
      .digest('base64url')}"`
    const headers = { 'content-type': 'application/jwt', 'cache-control': 'public, max-age=5', etag }
    if (issuer.feed === undefined || etag !== tag) return answer(issuer.feed, headers)
    asked.unchanged += 1
    return { status: 304, headers, body: '' }
  }
  return issuer
}

function answer(body: string | undefined, headers: Record<string, string>) {
  return body === undefined ? { status: 503, headers: {}, body: '' } : { status: 200, headers, body }
}

/** Feeds that a backend must not believe. */
export const badFeeds: Record<string, (workshop: Workshop) => string | undefined> = {
  'feed-away': () => undefined,
  'feed-no-jwt': () => '<html></html>',
  'feed-unsigned': w => feed(w, [], { header: { alg: 'none' }, signature: () => Buffer.alloc(0) }),
  'feed-of-stranger': w => feed(w, [], { key: w.stranger.es }),
  'feed-of-stranger-under-our-kid': w => feed(w, [], { key: w.stranger.es, header: { kid: w.es.kid } }),
  'feed-typ-access-token': w => feed(w, [], { header: { typ: 'at+jwt' } }),
  'feed-expired': w => feed(w, [], { claims: { exp: Math.floor(Date.now() / 1000) - 1 } }),
  'feed-without-exp': w => feed(w, [], { claims: { exp: undefined } }),
  'feed-of-another-issuer': w => feed(w, [], { claims: { iss: 'https://mallory.example' } }),
  'feed-without-sids': w => feed(w, [], { claims: { sids: undefined } }),
}
