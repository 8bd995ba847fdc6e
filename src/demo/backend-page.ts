import type { JWTPayload } from 'jose'
import { page } from '../pages/frame.ts'
import { type Html, html } from '../pages/html.ts'
import { codeView, pill } from '../pages/pieces.ts'
import { links, signInUrl } from './home-page.ts'

/** Who is at the demo's backend: the verified token, taken apart, and for how many seconds it is still good. */
export interface Visitor {
  claims: JWTPayload
  header: Readonly<Record<string, unknown>>
  secondsLeft: number
}

const bar = links.map(link => ({ ...link, current: link.url === '/demo/backend' }))

const meanings: Record<string, string> = {
  iss: 'Who struck the mark',
  aud: 'Which service it is for',
  sub: 'The person, by an id that never changes',
  client_id: 'The client that it was made for',
  jti: 'This token and no other',
  iat: 'When it was made',
  exp: 'When it ends',
  auth_time: 'When the person signed in',
  sid: 'The session, so that it can be ended',
  tenant: 'The company',
  connection: 'The connection that vouched',
  email: 'As the identity provider says',
  name: 'As the identity provider says',
  given_name: 'As the identity provider says',
  family_name: 'As the identity provider says',
  groups: 'As the identity provider says',
  roles: 'Granted by the connection’s rules',
  acr: 'How the person signed in',
}

/** The demo's backend when somebody is signed in: who they are, and the token's claims and header. */
export function visitorPage({ claims, header, secondsLeft }: Visitor): Html {
  const name = typeof claims['name'] === 'string' ? claims['name'] : (claims.sub ?? 'Somebody')
  const main = html`<p class="eyebrow">${pill('good', 'Signed in')} The demo’s backend</p>
<h1>Hello, ${name}</h1>
<p class="lead">This backend has never seen SAML. It asked the gateway, got a token, and checked the signature against the public keys.</p>
<section class="card life"><label for="life">This token is good for another <strong>${secondsLeft} seconds</strong></label>
<meter id="life" min="0" max="${lifetime(claims)}" value="${secondsLeft}">${secondsLeft} seconds</meter>
<p class="hint">Load the page again and the gateway hands out a fresh one, as long as the session lasts.</p></section>
<form class="actions" method="post" action="/logout?return_to=%2Fdemo%2Fbackend"><button class="button">Sign out</button></form>
<h2>What the token says</h2>
<table><thead><tr><th scope="col">Claim</th><th scope="col">Value</th><th scope="col">Meaning</th></tr></thead>
<tbody>${Object.entries(claims).map(claimRow)}</tbody></table>
${codeView({ label: 'Header', text: JSON.stringify(header, null, 2) })}`
  return page({ title: `Hello, ${name}`, main, wide: true, home: '/', links: bar })
}

/** The demo's backend when nobody is signed in. */
export function strangerPage(): Html {
  const main = html`<p class="eyebrow">${pill('quiet', 'Nobody')} The demo’s backend</p>
<h1>Nobody is signed in here</h1>
<p class="lead">The gateway answered 401, so this backend shows nothing. Sign in, and it shows what the token tells it.</p>
<p class="actions"><a class="button" href="${signInUrl({ person: 'alice' })}">Sign in as Alice</a><a href="/">Other people and wrong responses</a></p>`
  return page({ title: 'Nobody is signed in here', main, home: '/', links: bar })
}

function claimRow([claim, value]: [string, unknown]): Html {
  const written = typeof value === 'string' ? value : JSON.stringify(value)
  return html`<tr><th scope="row"><code>${claim}</code></th><td><code>${written}</code>${when(claim, value)}</td><td><small>${meanings[claim]}</small></td></tr>`
}

function when(claim: string, value: unknown): Html | false {
  if (typeof value !== 'number' || !['iat', 'exp', 'auth_time', 'nbf'].includes(claim)) return false
  return html` <small>${new Date(value * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC')}</small>`
}

function lifetime({ iat, exp }: JWTPayload): number {
  return Math.max(1, (exp ?? 0) - (iat ?? 0))
}
