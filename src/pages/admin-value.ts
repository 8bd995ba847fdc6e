// Values of settings and of the audit log, as a reader sees them: what was, what is, side by side.

import { type Content, type Html, html } from './html.ts'

/** A value of whatever kind; of a certificate its name and fingerprint, not its text. */
export function shownValue(value: unknown): Content {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return html`<span class="none">none</span>`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, 'Z')
  if (Array.isArray(value) && value.every(one => typeof one === 'string'))
    return html`<ul>${value.map(one => html`<li><code>${one}</code></li>`)}</ul>`
  if (Array.isArray(value) && value.every(isCertificate)) return html`<ul>${value.map(certificate)}</ul>`
  if (typeof value === 'object') return html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`
  return html`<code>${String(value)}</code>`
}

function isCertificate(value: unknown): value is { subject: string; sha256: string } {
  return typeof value === 'object' && value !== null && 'sha256' in value && 'subject' in value
}

function certificate({ subject, sha256 }: { subject: string; sha256: string }): Html {
  return html`<li>${subject}<br><code>${(sha256.match(/../g) ?? []).join(':')}</code></li>`
}

/** The members of two states, side by side; where there was or is nothing, the other state alone. */
export function diffTable(label: string, before: object | null, after: object | null): Html {
  const states = [
    { name: 'Before', tone: 'old', state: before },
    { name: 'After', tone: 'fresh', state: after },
  ].filter(({ state }) => state !== null)
  const names = [...new Set(states.flatMap(({ state }) => Object.keys(state ?? {})))]
  const rows = names.map(name => {
    const cells = states.map(
      one => html`<td data-label="${one.name}" class="${one.tone}">${memberOf(one.state, name)}</td>`,
    )
    return html`<tr><th scope="row"><code>${name}</code></th>${cells}</tr>`
  })
  const head = states.map(one => html`<th scope="col">${one.name}</th>`)
  return html`<div class="sheet diff"><table><caption class="hush">${label}</caption><thead><tr><th scope="col">Setting</th>${head}</tr></thead><tbody>${rows}</tbody></table></div>`
}

function memberOf(state: object | null, name: string): Content {
  const member = Object.entries(state ?? {}).find(([one]) => one === name)
  return member ? shownValue(member[1]) : ''
}
