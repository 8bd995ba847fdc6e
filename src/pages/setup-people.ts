import { marked } from './check-list.ts'
import { type Html, html } from './html.ts'
import { banner, codeView } from './pieces.ts'
import { area, line, onward, type SetupView, setupForm, setupPage } from './setup-frame.ts'

/** The mapping as the form shows it. `grants` is undefined where the operator wrote rules that say more than the form can. */
export interface PeopleView extends SetupView {
  provider: string
  words: string | undefined
  presets: readonly { id: string; title: string; note: string }[]
  claims: readonly { claim: string; value: string; usual: readonly string[] }[]
  subject: string
  grants: readonly { group: string; role: string }[] | undefined
  sample: string
  preview: {
    claims: Readonly<Record<string, unknown>>
    sources: Readonly<Record<string, readonly string[]>>
    grants: Readonly<Record<string, readonly string[]>>
    refused: string | undefined
  }
  fromTest: boolean
  mistakes: readonly { field: string; message: string }[]
}

const titles: Record<string, string> = {
  email: 'E-mail address',
  name: 'Full name',
  given_name: 'Given name',
  family_name: 'Family name',
  groups: 'Groups',
}

/** Step 4: under which names attributes come, which groups give which roles, and what comes of it. */
export function setupPeoplePage(view: PeopleView): Html {
  const body = html`<p class="lead">Usually nothing has to be changed here: we know the names that identity providers use. Try yours below.</p>
${view.words !== undefined && html`<p class="hint">To send more about people: ${marked(view.words)}</p>`}
${view.mistakes.length > 0 && banner('bad', html`<ul>${view.mistakes.map(one => html`<li>${one.field} ${one.message}</li>`)}</ul>`)}
${setupForm(view, 'people', html`${attributes(view)}${roles(view)}${trial(view)}${onward('Save and continue', 'theirs')}`)}`
  return setupPage(view, 'people', 'What do we learn about people?', body)
}

function attributes({ presets, claims, subject }: PeopleView): Html {
  return html`<section class="card"><h2>Attributes</h2>
<fieldset class="presets"><legend>Fill in</legend>${presets.map(({ id, title, note }) => html`<button class="small" name="preset" value="${id}" title="${note}">${title}</button>`)}</fieldset>
<div class="pairs">${claims.map(({ claim, value, usual }) =>
    line({
      ...{ name: `claim_${claim}`, label: titles[claim] ?? claim, value },
      placeholder: `usual: ${[...new Set(usual.map(last))].slice(0, 2).join(', ')} …`,
    }),
  )}
${line({ name: 'subject', label: 'The name that never changes', value: subject, placeholder: 'the NameID' })}</div></section>`
}

// Of a long name only what tells it from others.
function last(name: string): string {
  return name.split('/').at(-1) ?? name
}

function roles({ grants }: PeopleView): Html {
  if (!grants)
    return html`<section class="card"><h2>Roles</h2><p>The people who run this service wrote the rules for roles of this connection. They stay as they are.</p></section>`
  const rows = [...grants, ...Array.from({ length: Math.max(1, 3 - grants.length) }, () => ({ group: '', role: '' }))]
  return html`<section class="card"><h2>Roles</h2>
<p>Who is in a group of yours gets a role in the applications. Microsoft Entra ID names groups by their object ID.</p>
<ul class="grants">${rows.map(
    (
      { group, role },
      at,
    ) => html`<li><div><label for="group-${at}"><span class="hush">${at + 1}. </span>Group</label><input id="group-${at}" name="group" value="${group}" autocomplete="off"></div>
<div><label for="role-${at}"><span class="hush">${at + 1}. </span>Role</label><input id="role-${at}" name="role" value="${role}" autocomplete="off"></div></li>`,
  )}</ul></section>`
}

function trial({ sample, preview, fromTest }: PeopleView): Html {
  const { claims, sources, grants, refused } = preview
  const rows = Object.entries(claims).map(([claim, value]) => {
    const from = claim === 'roles' ? Object.values(grants).flat() : (sources[claim] ?? [])
    return html`<tr><th scope="row">${titles[claim] ?? claim}</th><td data-label="Value">${[value].flat().join(', ')}</td><td data-label="From"><code>${from.join(', ')}</code></td></tr>`
  })
  return html`<section class="card" id="trial"><h2>Try it</h2>
${area({ name: 'sample', label: 'A person as your identity provider describes them', hint: fromTest ? 'As it came with the last test sign-in.' : 'An example: change it as you like, one attribute a line.', value: sample, rows: 5 })}
<p class="actions"><button class="small" name="try" value="1" formaction="/setup/people#trial">Show what comes of it</button></p>
<div aria-live="polite">${
    refused === undefined
      ? html`<table><thead><tr><th scope="col">Applications learn</th><th scope="col">Value</th><th scope="col">From</th></tr></thead><tbody>${rows}</tbody></table>
${rows.length === 0 && html`<p class="hint">Nothing of this has a name that we know. Write the name beside what it means above.</p>`}
<details class="more"><summary>As a token carries it</summary>${codeView({ label: 'Claims', text: JSON.stringify(claims, null, 2) })}</details>`
      : banner('bad', `This person would not get in. ${refused}`)
  }</div></section>`
}
