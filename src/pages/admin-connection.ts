import { type AttemptRow, attemptTable } from './admin-attempts.ts'
import { type AdminView, adminPage, changeButton, dataTable, emptyState, factList } from './admin-frame.ts'
import { daysWords, type Standing, standingPill } from './admin-overview.ts'
import { type SessionRow, sessionTable } from './admin-sessions.ts'
import { address, type Content, type Html, html } from './html.ts'
import { banner, copyField, pill, type Tone } from './pieces.ts'
import { type Signer, signerCards } from './signers.ts'
import { dayOf, when } from './time.ts'

/** A certificate of the identity provider. `sha256` in groups. */
export interface CertificateRow {
  subject: string
  fingerprint: string
  state: 'active' | 'next' | 'expired' | 'retired'
  source: string
  notAfter: Date
  daysLeft: number
}

/** Everything that a connection's page shows. Settings are names and values as the API has them. */
export interface ConnectionPageView {
  id: string
  name: string
  tenant: string
  provider: string
  version: number
  enabled: boolean
  state: Standing
  lead: string
  warnings: readonly string[]
  certificates: readonly CertificateRow[]
  signers: readonly Signer[]
  metadata: { url: string; fetchedAt: Date; nextAt: Date; error: string | null } | undefined
  sp: readonly (readonly [string, string])[]
  idp: readonly (readonly [string, string | null])[]
  settings: readonly (readonly [string, Content])[]
  attempts: readonly AttemptRow[]
  sessions: readonly SessionRow[]
}

const states: Record<CertificateRow['state'], Tone> = { active: 'good', next: 'info', expired: 'bad', retired: 'quiet' }

/** One connection: who got in lately, what broke, what do I trust and until when? */
export function connectionPage(view: AdminView, shown: ConnectionPageView): Html {
  const { id, name, tenant, provider, warnings, enabled, attempts, sessions } = shown
  const heading = html`<div class="title"><div><h1>${name}</h1><p class="aside">${tenant} · ${provider} · <code>${id}</code></p></div>${standingPill(shown.state)}</div>`
  const body = html`<p class="lead">${shown.lead}</p>
${warnings.length > 0 && banner('warn', html`<ul>${warnings.map(one => html`<li>${one}</li>`)}</ul>`)}
${signerCards({ ...shown, now: view.now, advice, approve: one => approval(view, shown, one) })}
<section><h2>Latest sign-ins</h2>${
    attempts.length > 0
      ? html`${attemptTable(view, attempts, 'Latest sign-ins of this connection', false)}<p><a href="${address(`/admin/attempts?connection=${id}`)}">All sign-ins of this connection</a></p>`
      : emptyState(
          'Nobody has come yet',
          html`Every response of this identity provider is listed here, accepted or refused. Try it: ${copyField({ label: 'Sign-in address', value: shown.sp.find(([label]) => label === 'Sign-in address')?.[1] ?? '' })}`,
        )
  }</section>
<section><h2>Certificates that we trust</h2>${certificateTable(shown)}${metadataLine(view, shown)}</section>
<section><h2>Who is signed in</h2>${
    sessions.length > 0
      ? html`${sessionTable(view, sessions, `/admin/connections/${id}`, false)}${endAll(view, shown)}`
      : emptyState('Nobody is signed in', 'Sessions that came through this connection are listed here while they last.')
  }</section>

<section><h2>Settings</h2>${settings(shown)}${ways(view, shown)}</section>
${danger(view, shown, enabled)}`
  return adminPage(view, {
    title: name,
    section: '/admin',
    crumbs: [{ text: 'Connections', url: '/admin' }],
    heading,
    body,
  })
}

function certificateTable({ certificates }: ConnectionPageView): Html {
  return dataTable<CertificateRow>(
    'Certificates',
    [
      { name: 'Certificate', cell: one => html`${one.subject}<small><code>${one.fingerprint}</code></small>` },
      { name: 'State', cell: ({ state }) => pill(states[state], state) },
      { name: 'Came by', cell: ({ source }) => source },
      { name: 'Until', cell: ({ notAfter }) => dayOf(notAfter) },
      { name: 'Left', numeric: true, cell: one => (one.state === 'retired' ? '' : daysWords(one.daysLeft)) },
    ],
    certificates,
  )
}

function metadataLine(view: AdminView, { id, metadata }: ConnectionPageView): Html | false {
  if (!metadata) return false
  const { url, fetchedAt, nextAt, error } = metadata
  const button = changeButton(view, { action: `/admin/connections/${id}/refresh`, text: 'Fetch it now' })
  return html`<div class="beside"><p>Its metadata at <code>${url}</code> was read ${when(fetchedAt, view.now)} and is read again ${when(nextAt, view.now)}.${error !== null && html` <span class="told bad">The last try failed: ${error}</span>`}</p>${button}</div>`
}

const advice =
  'Compare the fingerprint with the one that the identity provider’s console shows, or ask its administrator over another way than e-mail, before you trust it.'

function approval(view: AdminView, { id, version }: ConnectionPageView, { sha256 }: Signer): Html | false {
  return changeButton(view, {
    action: `/admin/connections/${id}/approve`,
    text: 'Trust this certificate from now on',
    tone: 'main',
    fields: { sha256, version: String(version) },
  })
}

function endAll(view: AdminView, { id }: ConnectionPageView): Html {
  const button = changeButton(view, {
    action: `/admin/connections/${id}/end-sessions`,
    text: 'End all of them',
    tone: 'danger',
  })
  return html`<div class="beside"><p><a href="${address(`/admin/sessions?connection=${id}`)}">All sessions of this connection</a></p>${button}</div>`
}

function settings({ sp, idp, settings: all }: ConnectionPageView): Html {
  return html`<div class="halves"><div class="card"><h3>Ours</h3>${sp.map(([label, value]) => copyField({ label, value }))}</div>
<div class="card"><h3>Theirs</h3>${idp.map(([label, value]) => value !== null && copyField({ label, value }))}</div></div>
<details class="more"><summary>Everything else that is set</summary>${factList(all)}</details>`
}

function ways(view: AdminView, { id, tenant, version }: ConnectionPageView): Html {
  const link = new URLSearchParams({ tenant, connection: id })
  return html`<p class="ways"><a href="${address(`/admin/connections/${id}/versions`)}">Version ${version} and those before it</a>${view.mayChange && html`<a href="${address(`/admin/links?${link}`)}">Let its IT admin change them</a>`}<a href="${address(`/admin/audit?subject_id=${id}`)}">Who changed it</a></p>`
}

function danger(view: AdminView, { id, version }: ConnectionPageView, enabled: boolean): Html | false {
  if (!view.mayChange) return false
  const button = changeButton(view, {
    action: `/admin/connections/${id}/${enabled ? 'disable' : 'enable'}`,
    text: enabled ? 'Yes, switch it off' : 'Switch it on',
    tone: enabled ? 'danger' : 'plain',
    fields: { version: String(version) },
  })
  const text = enabled
    ? 'Nobody can sign in through it any more, and everybody who did is signed out at once. Its settings stay.'
    : 'People can sign in through it again, with the settings above.'
  return html`<section class="danger"><div><h2>${enabled ? 'Switch this connection off' : 'Switch this connection on'}</h2><p>${text}</p></div>${enabled ? html`<details class="sure"><summary class="small danger">Switch it off</summary>${button}</details>` : button}</section>`
}
