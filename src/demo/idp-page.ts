import { page } from '../pages/frame.ts'
import { address, type Html, html } from '../pages/html.ts'
import { choiceButton, hiddenFields, pill } from '../pages/pieces.ts'
import { writeAnswer } from './answer.ts'
import { allMisdeeds } from './misdeeds.ts'
import { type Person, type PersonId, peopleOf, type TenantId, tenants } from './people.ts'

/** What the page needs: whose identity provider it is, where its form goes, and what the form carries along. */
export interface IdpView {
  tenant: TenantId
  action: string
  hidden: Readonly<Record<string, string>>
}

/** The demo's identity provider asks who is there; below, the responses that go wrong on purpose. */
export function idpPage({ tenant, action, hidden }: IdpView): Html {
  const persons = peopleOf(tenant)
  const main = html`<p class="eyebrow">${pill('info', 'Demo')} Identity provider of ${tenants[tenant].name}</p>
<h1>Who are you today?</h1>
<p class="lead">A real identity provider asks for a password here. This one takes your word for it.</p>
<form method="post" action="${address(action)}">
${hiddenFields(hidden)}
<ul class="choices">${persons.map(([id, person]) => html`<li>${signInAs(id, person)}</li>`)}</ul>
${persons.slice(0, 1).map(([id, person]) => wrongResponses(id, person))}
</form>`
  return page({ title: `Identity provider of ${tenants[tenant].name}`, main, home: '/' })
}

function signInAs(id: PersonId, { name, email, groups }: Person): Html {
  return choiceButton({
    text: `Sign in as ${name}`,
    note: `${email} · ${groups.join(', ')}`,
    name: 'answer',
    value: writeAnswer({ person: id }),
  })
}

function wrongResponses(id: PersonId, { givenName }: Person): Html {
  const buttons = allMisdeeds().map(([misdeed, { label, shows }]) => {
    return html`<li>${choiceButton({ text: label, note: shows, name: 'answer', value: writeAnswer({ person: id, misdeed }) })}</li>`
  })
  return html`<h2>Send a wrong response</h2>
<p>Each of these speaks for ${givenName} and must be refused. Afterwards you can see why it was.</p>
<ul class="choices pairs">${buttons}</ul>`
}
