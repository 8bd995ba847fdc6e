import { type AdminView, adminPage, changeButton, dataTable } from './admin-frame.ts'
import { type Content, type Html, html } from './html.ts'
import { pill, type Tone } from './pieces.ts'
import { dayOf, when } from './time.ts'

/** A key that signs tokens. */
export interface SigningKeyRow {
  kid: string
  alg: string
  state: 'next' | 'current' | 'retired' | 'forgotten'
  createdAt: Date
  signsFrom: Date
  signsUntil: Date | null
}

/** A key that speaks SAML. `mayActivate`, `mayRetire`: whether its state allows that step. */
export interface SpKeyRow {
  id: string
  purpose: 'signing' | 'encryption'
  connection: string | null
  state: 'next' | 'current' | 'previous' | 'retired'
  fingerprint: string
  createdAt: Date
  notAfter: Date
}

const tones: Record<string, Tone> = {
  current: 'good',
  next: 'info',
  previous: 'quiet',
  retired: 'quiet',
  forgotten: 'quiet',
}

/** Our keys: which sign, since when, which come next. */
export function keysPage(view: AdminView, signing: readonly SigningKeyRow[], sp: readonly SpKeyRow[]): Html {
  const rotate = changeButton(view, { action: '/admin/keys/rotate', text: 'Make the next key' })
  const leaked = changeButton(view, { action: '/admin/keys/leaked', text: 'Yes, forget them all', tone: 'danger' })
  const body = html`<section><h2>Keys that sign tokens</h2>
<p>Each is published before it signs and until its last token has expired. They roll by themselves; a next one now does no harm.</p>
${signingTable(view, signing)}${rotate && html`<div class="actions">${rotate}</div>`}</section>
<section><h2>Keys that speak SAML</h2>
<p>With these we sign requests, and open what identity providers encrypt for us. An identity provider that pins our certificate has to be told before the next one is used.</p>
${spTable(view, sp)}${publishing(view)}</section>
${leaked && html`<section class="danger"><div><h2>A key that signs tokens has leaked</h2><p>A new key signs at once, and all that are there are forgotten. Every token that is out is refused as soon as a backend reads the key set again.</p></div><details class="sure"><summary class="small danger">A key has leaked</summary>${leaked}</details></section>`}`
  return adminPage(view, { title: 'Keys', section: '/admin/keys', body })
}

function signingTable(view: AdminView, rows: readonly SigningKeyRow[]): Html {
  return dataTable<SigningKeyRow>(
    'Keys that sign tokens',
    [
      { name: 'Key', cell: ({ kid }) => html`<code>${kid}</code>` },
      { name: 'State', cell: ({ state }) => statePill(state) },
      { name: 'Algorithm', cell: ({ alg }) => alg },
      { name: 'Made', cell: ({ createdAt }) => when(createdAt, view.now) },
      { name: 'Signs from', cell: ({ signsFrom }) => when(signsFrom, view.now) },
      {
        name: 'Signs until',
        cell: ({ signsUntil }) =>
          signsUntil ? when(signsUntil, view.now) : html`<span class="none">the next one does</span>`,
      },
    ],
    rows,
  )
}

function statePill(state: string): Html {
  return pill(tones[state] ?? 'quiet', state.charAt(0).toUpperCase() + state.slice(1))
}

function spTable(view: AdminView, rows: readonly SpKeyRow[]): Html {
  return dataTable<SpKeyRow>(
    'Keys that speak SAML',
    [
      { name: 'Certificate', cell: ({ fingerprint }) => html`<code>${fingerprint}</code>` },
      {
        name: 'For',
        cell: ({ purpose, connection }) => html`${purpose}<small>${connection ?? 'every connection'}</small>`,
      },
      { name: 'State', cell: ({ state }) => statePill(state) },
      { name: 'Made', cell: ({ createdAt }) => when(createdAt, view.now) },
      { name: 'Until', cell: ({ notAfter }) => dayOf(notAfter) },
      ...(view.mayChange ? [{ name: '', cell: (row: SpKeyRow) => step(view, row) }] : []),
    ],
    rows,
  )
}

function step(view: AdminView, { id, state }: SpKeyRow): Content {
  if (state === 'next')
    return changeButton(view, { action: '/admin/keys/sp/activate', text: 'Use it from now on', fields: { id } })
  if (state === 'previous')
    return changeButton(view, { action: '/admin/keys/sp/retire', text: 'Take it out', tone: 'danger', fields: { id } })
  return ''
}

function publishing(view: AdminView): Html | false {
  if (!view.mayChange) return false
  const publish = (purpose: string) =>
    changeButton(view, {
      action: '/admin/keys/sp/publish',
      text: `Publish the next key for ${purpose}`,
      fields: { purpose },
    })
  return html`<div class="actions">${publish('signing')}${publish('encryption')}</div>`
}
