// The check list: what was tested, and what came of it. Failed checks come first and stand open.

import { type Html, html } from './html.ts'
import { type IconName, icon } from './icons.ts'

/** One verdict, as `GET /logins/{trace_id}` gives it; what is not known is null or left out. */
export interface Check {
  name: string
  verdict: 'pass' | 'fail' | 'skip'
  expected?: string | null | undefined
  received?: string | null | undefined
  /** What the check is for, to a reader who does not know SAML. */
  means?: string | null | undefined
  fix?: string | null | undefined
}

const verdicts: Record<Check['verdict'], { tone: string; shape: IconName; word: string; rank: number }> = {
  fail: { tone: 'bad', shape: 'cross', word: 'Failed', rank: 0 },
  pass: { tone: 'good', shape: 'check', word: 'Passed', rank: 1 },
  skip: { tone: 'quiet', shape: 'dash', word: 'Not reached', rank: 2 },
}

/** Every check with its verdict: failed, passed, not reached; `<details>` hold expected, received and the fix. */
export function checkList(checks: readonly Check[]): Html {
  const sorted = checks.toSorted((a, b) => verdicts[a.verdict].rank - verdicts[b.verdict].rank)
  return html`<ul class="checks">${sorted.map(check => html`<li>${row(check)}</li>`)}</ul>`
}

function row(check: Check): Html {
  const { tone, shape, word } = verdicts[check.verdict]
  const title = html`<span class="mark ${tone}">${icon(shape)}</span><span class="name">${asWords(check.name)}</span><span class="verdict ${tone}">${word}</span>`
  const facts = [fact('Expected', check.expected), fact('Received', check.received)].filter(line => line !== false)
  const fix =
    check.verdict === 'fail' && check.fix ? html`<p><strong>What to change.</strong> ${marked(check.fix)}</p>` : false
  const means = check.means ? html`<p><strong>What has to hold.</strong> ${check.means}</p>` : false
  if (facts.length === 0 && fix === false && means === false) return html`<div class="row">${title}</div>`
  return html`<details${check.verdict === 'fail' && html` open`}><summary class="row">${title}</summary>
<div class="facts">${means}${facts.length > 0 && html`<dl>${facts}</dl>`}${fix}</div></details>`
}

function fact(term: string, value: string | null | undefined): Html | false {
  return value === null || value === undefined || value === ''
    ? false
    : html`<dt>${term}</dt><dd><code>${value}</code></dd>`
}

/** A text in which what a console calls its fields stands between asterisks. */
export function marked(text: string): Html {
  return html`${text.split(/\*([^*]+)\*/).map((part, at) => (at % 2 ? html`<em>${part}</em>` : part))}`
}

/** A name of code as a reader sees it: `subject_confirmation` is "Subject confirmation", a sentence stays as it is. */
export function asWords(name: string): string {
  const words = /^[\w-]+$/.test(name) ? name.replace(/[_-]+/g, ' ') : name
  return words.charAt(0).toUpperCase() + words.slice(1)
}
