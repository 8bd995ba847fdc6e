// The code flow as client libraries see it, over real HTTP: openid-client and oauth4webapi, with every way to authenticate.

import { exportJWK, generateKeyPair } from 'jose'
import * as oauth from 'oauth4webapi'
import * as oidc from 'openid-client'
import { t as root, test } from 'tap'
import { testApp } from '../support/app.ts'
import { type Browser, connect, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'
import { passProvider, register, type TestClient } from '../support/oauth.ts'

const idp = testIdp()

// A port that nobody has: the issuer is an origin, so it must be known before the service is.
async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

const service = (async () => {
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const made = await testApp(root, { settings: { PUBLIC_URL: issuer, PORT: String(port) } })
  await made.app.listen({ port, host: 'localhost' })
  const connection = await connect(made.app, idp, { domains: ['acme.example'] })
  return { ...made, issuer, connection }
})()

// The person's part: to the provider, through it, and back to the client's address.
async function walk(browser: Browser, url: URL): Promise<URL> {
  const { connection } = await service
  const answer = await browser.get(`${url.pathname}${url.search}`)
  const back = answer.statusCode === 302 ? await passProvider(browser, idp, connection, answer) : answer
  return new URL(String(back.headers.location))
}

const insecure = { execute: [oidc.allowInsecureRequests] }

async function signInWith(config: oidc.Configuration, client: TestClient, browser: Browser) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()]
  const url = oidc.buildAuthorizationUrl(config, {
    ...{ redirect_uri: client.redirectUri, scope: 'openid email groups offline_access' },
    ...{ code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256' },
    ...{ state: expectedState, nonce: expectedNonce, login_hint: 'alice@acme.example', max_age: '3600' },
  })
  const callback = await walk(browser, url)
  return oidc.authorizationCodeGrant(config, callback, { pkceCodeVerifier, expectedState, expectedNonce, maxAge: 3600 })
}

async function clientsOfEveryKind() {
  const { app } = await service
  const pair = await generateKeyPair('ES256', { extractable: true })
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] }
  const [open, secret, keyed] = [
    await register(app),
    await register(app, { confidential: true }),
    await register(app, { confidential: true, jwks }),
  ]
  const key = { key: pair.privateKey, kid: 'k1' }
  return [
    ['none', open, oidc.None()],
    ['client_secret_basic', secret, oidc.ClientSecretBasic(secret.secret)],
    ['client_secret_post', secret, oidc.ClientSecretPost(secret.secret)],
    ['private_key_jwt', keyed, oidc.PrivateKeyJwt(key)],
  ] as const
}

test('openid-client signs in, reads the person, refreshes and revokes, whatever way the client authenticates', async t => {
  const { issuer } = await service
  for (const [method, client, auth] of await clientsOfEveryKind()) {
    const config = await oidc.discovery(new URL(issuer), client.id, {}, auth, insecure)
    const tokens = await signInWith(config, client, openBrowser((await service).app))
    const claims = tokens.claims()
    t.match(claims, { iss: issuer, aud: client.id, email: 'alice@acme.example', groups: ['staff', 'admins'] }, method)
    t.match(await oidc.fetchUserInfo(config, tokens.access_token, claims?.sub ?? ''), { email: 'alice@acme.example' })
    const next = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '')
    t.not(next.refresh_token, tokens.refresh_token)
    if (method !== 'none') {
      t.match(await oidc.tokenIntrospection(config, next.access_token), { active: true, sub: claims?.sub })
      await oidc.tokenRevocation(config, next.refresh_token ?? '')
      t.same(await oidc.tokenIntrospection(config, next.access_token), { active: false })
    } else await oidc.tokenRevocation(config, next.refresh_token ?? '')
    const dead = await oidc.refreshTokenGrant(config, next.refresh_token ?? '').catch((error: unknown) => error)
    t.match(dead, { error: 'invalid_grant' }, method)
  }
})

test('oauth4webapi finds nothing to object to in discovery, callback, tokens, key set and userinfo', async t => {
  const { app, issuer } = await service
  const url = new URL(issuer)
  const http = { [oauth.allowInsecureRequests]: true }
  const found = await register(app)
  const client: oauth.Client = { client_id: found.id }
  for (const algorithm of ['oidc', 'oauth2'] as const) {
    const discovered = await oauth.discoveryRequest(url, { ...http, algorithm })
    t.ok(await oauth.processDiscoveryResponse(url, discovered), algorithm)
  }
  const as = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, http))
  const code_verifier = oauth.generateRandomCodeVerifier()
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const asked = new URL(as.authorization_endpoint ?? '')
  const code_challenge = await oauth.calculatePKCECodeChallenge(code_verifier)
  asked.search = new URLSearchParams({
    ...{ client_id: client.client_id, redirect_uri: found.redirectUri, response_type: 'code', scope: 'openid profile' },
    ...{ code_challenge, code_challenge_method: 'S256', state, nonce, domain_hint: 'acme.example' },
  }).toString()
  const browser = openBrowser(app)
  const params = oauth.validateAuthResponse(as, client, await walk(browser, asked), state)
  const auth = oauth.None()
  const answer = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    auth,
    params,
    found.redirectUri,
    code_verifier,
    http,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, {
    expectedNonce: nonce,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(as, answer, http)
  const { sub = '' } = oauth.getValidatedIdTokenClaims(tokens) ?? {}
  const info = await oauth.userInfoRequest(as, client, tokens.access_token, http)
  t.equal((await oauth.processUserInfoResponse(as, client, sub, info)).sub, sub)
  const request = new Request('https://api.example/', { headers: { authorization: `Bearer ${tokens.access_token}` } })
  const access = await oauth.validateJwtAccessToken(as, request, `https://api.${found.id}.example`, http)
  t.match(access, { sub, client_id: found.id, scope: 'openid profile', email: 'alice@acme.example' })
  const silent = await walk(browser, new URL(`${asked.href}&prompt=none`))
  t.ok(oauth.validateAuthResponse(as, client, silent, state).get('code'), 'the session is used, unseen')
})
