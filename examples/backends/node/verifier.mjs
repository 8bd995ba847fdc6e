// Copy this file. Needs jose 6 (`npm install jose`) and Node 20 or newer.
//
//   const verify = openVerifier({ issuer: 'https://sso.example.com', audience: 'https://api.example.com' })
//   const { sub, tenant, roles } = await verify(bearer)
//
// It throws where a token is refused: answer 401; or 503 where `error.code` is `unavailable`.

import { createRemoteJWKSet, jwtVerify } from 'jose'

const algorithms = ['ES256', 'RS256', 'EdDSA']

/**
 * Opens a verifier; open one and keep it. `issuer` is Assay's PUBLIC_URL, `audience` the audience of your client there.
 * Seconds: `keysFor` is the max-age of Assay's key set, `cooldown` the least time between two fetches of it for an unknown
 * kid, `feedEvery` the least time between two polls of the sessions that have ended, `leeway` how far clocks may differ.
 */
export function openVerifier({ issuer, audience, keysFor = 300, cooldown = 30, feedEvery = 5, leeway = 10 }) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
    cacheMaxAge: keysFor * 1000,
    cooldownDuration: cooldown * 1000,
    timeoutDuration: 2000,
  })
  // Without a kid jose would take any key that fits.
  const keyOf = (header, token) => (header.kid ? keys(header, token) : refuse('a token without a kid'))
  const ended = openFeed({ issuer, keyOf, feedEvery })

  return async token => {
    const checks = { issuer, audience, algorithms, typ: 'at+jwt', clockTolerance: leeway, requiredClaims: ['exp'] }
    const { payload } = await jwtVerify(token, keyOf, checks).catch(onError)
    for (const name of ['sub', 'sid'])
      if (typeof payload[name] !== 'string' || payload[name] === '') refuse(`a token without ${name}`)
    if ((await ended()).has(payload.sid)) refuse('the session has ended')
    return payload
  }
}

// The sessions that have ended: a signed list, asked for again when a token comes in and `feedEvery` has passed.
function openFeed({ issuer, keyOf, feedEvery }) {
  const checks = { issuer, algorithms, typ: 'revoked-sessions+jwt', requiredClaims: ['exp'] }
  let list = { sids: new Set(), until: 0, etag: undefined }
  let askedAt = Number.NEGATIVE_INFINITY
  let asking

  async function ask() {
    const answer = await fetch(`${issuer}/.well-known/revoked-sessions`, {
      headers: list.etag ? { 'if-none-match': list.etag } : {},
      redirect: 'error',
      signal: AbortSignal.timeout(2000),
    })
    if (answer.status === 304) return
    if (answer.status !== 200) throw new Error(`the feed answered ${answer.status}`)
    const { payload } = await jwtVerify(await answer.text(), keyOf, checks)
    if (!Array.isArray(payload.sids)) throw new Error('the feed has no sids')
    list = { sids: new Set(payload.sids), until: payload.exp * 1000, etag: answer.headers.get('etag') }
  }

  return async () => {
    if (Date.now() - askedAt >= feedEvery * 1000) {
      askedAt = Date.now()
      // What cannot be had or believed changes nothing: the last good list counts until it runs out, two minutes at most.
      asking = ask().catch(() => undefined)
    }
    await asking
    // Closed: with no list that is valid now, nobody gets in. To stay open instead, return list.sids here whatever its age;
    // a session that was ended then lasts until its token's exp.
    if (Date.now() >= list.until) throw coded('unavailable', 'no valid list of ended sessions')
    return list.sids
  }
}

// A key set that cannot be had is our trouble, not the token's.
function onError({ code, message }) {
  const ofToken = /^(refused|ERR_JW[ST]_|ERR_JOSE_(ALG|NOT)_|ERR_JWKS_(NO|MULTIPLE)_)/.test(code)
  throw coded(ofToken ? 'refused' : 'unavailable', message)
}

function refuse(why) {
  throw coded('refused', why)
}

function coded(code, message) {
  return Object.assign(new Error(message), { code })
}
