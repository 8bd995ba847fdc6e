// A guide beside the form of a wizard: their console in words, ours as values to copy. With values of a connection it is
// filled in; without, it shows what they look like.

import {
  type Field,
  type Fix,
  fill,
  type Guide,
  needed,
  type OurValues,
  ours,
  placeholders,
  type Sent,
  type Step,
  valueFor,
} from '../guides/guide.ts'
import { codesOf, settingsOf } from '../guides/guides.ts'
import { type Content, type Html, html } from './html.ts'
import { codeView, copyField } from './pieces.ts'

/** The steps of a guide as a numbered list under an h2, filled in with the values of a connection. */
export function guideSteps(guide: Guide, values: OurValues = placeholders): Html {
  return html`<ol class="steps">${guide.steps.map(step => stepItem(step, values))}</ol>`
}

/** What is good to know beside the steps: who is named, certificates, mistakes and what mends them. */
export function guideNotes(guide: Guide, values: OurValues = placeholders): Html {
  const say = (text: string) => words(fill(text, values))
  return html`<h2>Who is named</h2>
<p>${say(guide.name)}</p>
<h2>When its certificate changes</h2>
<p>${say(guide.certificates)}</p>
${guide.notes && html`<h2>Good to know</h2>${guide.notes.map(note => html`<p>${say(note)}</p>`)}`}
${moves('What goes wrong', guide.fixes, say)}
${moves('Its codes', codesOf(guide), say)}
${moves('Where each setting is later', settingsOf(guide), say)}`
}

function stepItem(step: Step, values: OurValues): Html {
  const { title, where, text, fields = [], attributes = [], code, gives = [] } = step
  const chosen = fields.flatMap(field =>
    'choose' in field ? [[field.theirs, chosenValue(field.choose)] as const] : [],
  )
  return html`<li><div><h3>${title}</h3>
${where && html`<p class="aside">${words(where)}</p>`}
${text && html`<p>${words(fill(text, values))}</p>`}</div>
<div>${fields.map(field => !('choose' in field) && toCopy(labelOf(field), valueFor(field, values)))}
${pairs('Field', 'Set to', chosen)}
${code && codeView({ label: code.label, text: fill(code.text, values) })}
${sentTable(attributes)}
${pairs(
  'Copy',
  'Into our field',
  gives.map(one => [one.theirs, needed[one.ours]]),
)}</div></li>`
}

// A name with colons is long and must break anywhere.
function chosenValue(value: string): Html {
  return value.includes(':') ? html`<code>${value}</code>` : html`<em>${value}</em>`
}

function labelOf(field: Field): string {
  return 'ours' in field ? `${field.theirs}: our ${ours[field.ours]}` : field.theirs
}

// A certificate has many lines; it is folded away, and one press copies it all the same.
function toCopy(label: string, value: string): Html {
  if (!value.includes('\n')) return copyField({ label, value })
  return html`<details class="checks"><summary class="row"><span class="name">${label}</span></summary>${codeView({ label: 'PEM', text: value })}</details>`
}

function sentTable(attributes: readonly Sent[]): Html | false {
  if (attributes.length === 0) return false
  return html`<table><thead><tr><th>Value</th><th>Name</th><th>Claim</th></tr></thead><tbody>${attributes.map(
    ({ from, name, claim }) => {
      return html`<tr><td data-label="Value">${from}</td><td data-label="Name"><code>${name}</code></td><td data-label="Claim">${claim}</td></tr>`
    },
  )}</tbody></table>`
}

function pairs(left: string, right: string, rows: readonly (readonly [string, Content])[]): Html | false {
  if (rows.length === 0) return false
  return html`<table><thead><tr><th>${left}</th><th>${right}</th></tr></thead><tbody>${rows.map(([theirs, name]) => {
    return html`<tr><td data-label="${left}"><em>${theirs}</em></td><td data-label="${right}">${name}</td></tr>`
  })}</tbody></table>`
}

function moves(title: string, list: readonly Fix[], say: (text: string) => Html): Html | false {
  if (list.length === 0) return false
  const rows = list.map(({ problem, fix }) => {
    return html`<details><summary class="row"><span class="name">${say(problem)}</span></summary><div class="facts"><p>${say(fix)}</p></div></details>`
  })
  return html`<h2>${title}</h2><div class="checks">${rows}</div>`
}

/** The marks that texts of guides and explanations carry: *the vendor’s words*, `what is typed`. */
export function words(text: string): Html {
  const parts = text.split(/(`[^`]*`|\*[^*]*\*)/).map(part => {
    if (/^`.*`$/.test(part)) return html`<code>${part.slice(1, -1)}</code>`
    return /^\*.+\*$/.test(part) ? html`<em>${part.slice(1, -1)}</em>` : part
  })
  return html`${parts}`
}
