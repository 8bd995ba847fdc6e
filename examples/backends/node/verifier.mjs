// Copy this file. Needs jose 6 (`npm install jose`) and Node 20 or newer.
//
//   const verify = openVerifier({ issuer: 'https://sso.example.com', audience: 'https://api.example.com' })
//   const { sub, tenant, roles } = await verify(bearer)
//
// It throws with a `code`: `refused`, answer 401; `unavailable`, answer 503.

import { createLocalJWKSet, jwtVerify } from 'jose'

const algorithms = ['ES256', 'RS256', 'EdDSA']

/**
 * Opens a verifier; open one and keep it. `issuer` is Assay's PUBLIC_URL, `audience` the audience of your client there.
 * Seconds: `cooldown` is the least time between two fetches of the key set, `feedEvery` the least time between two polls of
 * the sessions that have ended, `leeway` how far clocks may differ.
 */
export function openVerifier({ issuer, audience, cooldown = 30, feedEvery = 5, leeway = 10 }) {
  const keyOf = openKeys({ issuer, cooldown })
  const read = (token, checks) =>
    jwtVerify(token, keyOf, { issuer, algorithms, requiredClaims: ['exp'], ...checks }).catch(({ code, message }) => {
      throw coded(code === 'unavailable' ? code : 'refused', message)
    })
  const ended = openFeed({ issuer, read, feedEvery })

  return async token => {
    const { payload } = await read(token, { typ: 'at+jwt', audience, clockTolerance: leeway })
    for (const name of ['sub', 'sid'])
      if (typeof payload[name] !== 'string' || payload[name] === '') throw coded('refused', `a token without ${name}`)
    if ((await ended()).has(payload.sid)) throw coded('refused', 'the session has ended')
    return payload
  }
}

// The key that a token names. The set is fetched again after its max-age, and for an unknown kid; never more often than every
// `cooldown`. Where that fails, what is known goes on: the end of the list below ends that too.
function openKeys({ issuer, cooldown }) {
  let keys
  let until = 0
  let askedAt = Number.NEGATIVE_INFINITY
  let asking

  async function ask() {
    const answer = await get(`${issuer}/.well-known/jwks.json`)
    if (!answer.ok) return
    const maxAge = /max-age=(\d+)/.exec(answer.headers.get('cache-control'))?.[1] ?? 300
    keys = createLocalJWKSet(await answer.json())
    until = Date.now() + maxAge * 1000
  }
  function refresh() {
    if (Date.now() - askedAt >= (keys ? cooldown : 1) * 1000) {
      askedAt = Date.now()
      asking = ask().catch(() => undefined)
    }
    return asking
  }

  return async (header, token) => {
    // Without a kid jose would take any key that fits.
    if (!header.kid) throw coded('refused', 'a token without a kid')
    if (Date.now() >= until) await refresh()
    if (!keys) throw coded('unavailable', 'no key set')
    return keys(header, token).catch(async error => {
      if (error.code !== 'ERR_JWKS_NO_MATCHING_KEY') throw error
      await refresh()
      return keys(header, token)
    })
  }
}

// The sessions that have ended: a signed list, asked for again when a token comes in and `feedEvery` has passed.
function openFeed({ issuer, read, feedEvery }) {
  let list = { sids: new Set(), until: 0, etag: undefined }
  let askedAt = Number.NEGATIVE_INFINITY
  let asking

  async function ask() {
    const answer = await get(`${issuer}/.well-known/revoked-sessions`, list.etag && { 'if-none-match': list.etag })
    if (!answer.ok) return
    const { payload } = await read(await answer.text(), { typ: 'revoked-sessions+jwt' })
    if (!Array.isArray(payload.sids)) return
    list = { sids: new Set(payload.sids), until: payload.exp * 1000, etag: answer.headers.get('etag') }
  }

  return async () => {
    if (Date.now() - askedAt >= feedEvery * 1000) {
      askedAt = Date.now()
      // What cannot be had or believed changes nothing: the last good list counts until its exp, two minutes at most.
      asking = ask().catch(() => undefined)
    }
    await asking
    // Closed: with no list that is valid now, nobody gets in. To stay open instead, leave this out; a session that was ended
    // then lasts until its token's exp.
    if (Date.now() >= list.until) throw coded('unavailable', 'no valid list of ended sessions')
    return list.sids
  }
}

function get(url, headers) {
  return fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(2000) })
}

function coded(code, message) {
  return Object.assign(new Error(message), { code })
}
