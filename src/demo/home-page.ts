import { page } from '../pages/frame.ts'
import { address, type Content, type Html, html } from '../pages/html.ts'
import { hallmark } from '../pages/icons.ts'
import { choiceLink, copyField } from '../pages/pieces.ts'
import { writeAnswer } from './answer.ts'
import { idpEntityId } from './metadata.ts'
import { allMisdeeds } from './misdeeds.ts'
import { type Person, type PersonId, peopleOf, tenants } from './people.ts'

/** What the home page tells of: the public origin and the connection of each company. */
export interface HomeView {
  publicUrl: string
  connections: Readonly<Record<string, string>>
}

/** The address that signs in as a person of the demo at once, well or with a misdeed. */
export function signInUrl(answer: Parameters<typeof writeAnswer>[0]): string {
  return `/demo/sign-in?as=${encodeURIComponent(writeAnswer(answer))}`
}

/** What this is, and how to try it now: one button, the story in four steps, then the side doors. */
export function homePage(view: HomeView): Html {
  const main = html`<div class="hero"><div>
<h1>SAML in, JWT out</h1>
<p class="lead">Assay tests the sign-in that a company’s identity provider sends. If it is genuine, it strikes its mark: a short-lived token that your services check with nothing but our public keys.</p>
<p class="actions"><a class="button" href="${signInUrl({ person: 'alice' })}">Sign in as Alice</a><span class="aside">Alice works at Acme, a company that exists only on this server. No password.</span></p>
</div>${hallmark()}</div>
<h2>What happens when you press it</h2>
${story(view)}
<div class="halves">
<section><h2>Come as somebody else</h2>${others()}</section>
<section><h2>For your service</h2>${reading(view.publicUrl)}</section>
</div>
<section id="wrong"><h2>Send a wrong response</h2>
<p>Mistakes that happen and attacks that were made, each in Alice’s name. All are refused, and each time you can see why.</p>
<ul class="choices pairs">${allMisdeeds().map(([misdeed, { label, shows }]) => {
    return html`<li>${choiceLink({ text: label, note: shows, url: signInUrl({ person: 'alice', misdeed }) })}</li>`
  })}</ul></section>`
  return page({ title: 'SAML in, JWT out', main, wide: true, home: '/', links })
}

/** The links of the demo's top bar. */
export const links = [
  { text: 'Backend', url: '/demo/backend' },
  { text: 'API', url: '/openapi.yaml' },
]

function story({ publicUrl, connections }: HomeView): Html {
  const connection = `${publicUrl}/saml/${connections['acme'] ?? '{connection}'}`
  return html`<ol class="steps">
${step(
  'Acme and Assay know each other',
  'The connection holds Acme’s certificate and addresses, read once from its metadata.',
  [
    { label: 'Acme’s metadata', value: idpEntityId(publicUrl, 'acme') },
    { label: 'Our metadata for Acme', value: `${connection}/metadata` },
  ],
)}
${step(
  'Acme vouches for Alice',
  'Her browser carries a signed assertion to us. Two verifiers that share no code must both prove it, and every rule must hold.',
  [{ label: 'Assertion consumer service', value: `${connection}/acs` }],
)}
${step('Assay strikes its mark', 'The gateway in front of a service asks who is there and gets a short-lived token.', [
  { label: 'Gateway', value: `${publicUrl}/gateway/verify` },
])}
${step(
  'Your service checks the mark',
  'It needs the public keys and no call to us. The backend of this demo does just that and shows what it reads.',
  [{ label: 'Public keys (JWKS)', value: `${publicUrl}/.well-known/jwks.json` }],
)}
</ol>`
}

function step(title: string, body: Content, addresses: readonly { label: string; value: string }[]): Html {
  return html`<li><div><h3>${title}</h3><p>${body}</p></div><div>${addresses.map(copyField)}</div></li>`
}

function others(): Html {
  const rest = (['acme', 'globex'] as const).flatMap(tenant => peopleOf(tenant)).filter(([id]) => id !== 'alice')
  return html`<ul class="choices">${rest.map(([id, person]) => html`<li>${otherPerson(id, person)}</li>`)}</ul>`
}

function otherPerson(person: PersonId, { name, tenant, groups }: Person): Html {
  return choiceLink({ text: name, note: `${tenants[tenant].name} · ${groups.join(', ')}`, url: signInUrl({ person }) })
}

function reading(publicUrl: string): Html {
  const documents = [
    ['Public keys', '/.well-known/jwks.json'],
    ['Discovery', '/.well-known/openid-configuration'],
    ['The API in OpenAPI', '/openapi.yaml'],
  ] as const
  return html`<ul>${documents.map(([text, path]) => html`<li><a href="${address(publicUrl + path)}">${text}</a><br><code>${path}</code></li>`)}</ul>`
}
