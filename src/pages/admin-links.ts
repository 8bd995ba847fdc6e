import { type AdminView, adminForm, adminPage, changeButton, dataTable, emptyState, pager } from './admin-frame.ts'
import { address, type Html, html } from './html.ts'
import { banner, copyField, field, pill } from './pieces.ts'
import { when } from './time.ts'

/** A set-up link. */
export interface LinkRow {
  id: string
  tenant: string
  connection: string | null
  uses: number
  used: number
  createdAt: Date
  expiresAt: Date
}

/** What the page shows; `made` is the address of a link that was made just now, `given` what its form held. */
export interface LinksView {
  rows: readonly LinkRow[]
  next: string | undefined
  made: { url: string; tenant: string; expiresAt: Date } | undefined
  given: { tenant: string; connection: string }
  error: { field: 'tenant' | 'connection'; message: string } | undefined
}

const lives = [
  ['86400', 'a day'],
  ['604800', 'a week'],
  ['2592000', 'thirty days'],
] as const

/** Links with which IT admins of customers connect their identity provider, without an account. */
export function linksPage(view: AdminView, shown: LinksView): Html {
  const { rows, next, made } = shown
  const body = html`<p class="lead">A link lets a customer’s IT admin set up one connection, step by step, without an account. Nothing changes before a test sign-in has passed.</p>
${made && banner('good', html`<p><strong>The link for ${made.tenant} is made.</strong> Send it to the IT admin. It is shown this once and works until ${when(made.expiresAt, view.now)}.</p>`)}
${made && html`<div class="card">${copyField({ label: 'Set-up link', value: made.url })}</div>`}
${view.mayChange && form(view, shown)}
<section><h2>Links that are out</h2>${
    rows.length === 0
      ? emptyState(
          'No link is out',
          'Links that were made are listed here until their time is over. Their addresses are not: we keep only what recognises them.',
        )
      : table(view, rows)
  }${pager({ next })}</section>`
  return adminPage(view, { title: 'Set-up links', section: '/admin/links', body })
}

function form(view: AdminView, { given, error }: LinksView): Html {
  const errorOf = (name: string) => (error?.field === name ? error.message : undefined)
  return html`<section class="card"><h2>Make a link</h2>${adminForm(
    view,
    '/admin/links',
    html`<div class="halves">${field({ name: 'tenant', label: 'Tenant', value: given.tenant, hint: 'Whose connection it is, such as acme.', error: errorOf('tenant'), required: true })}
${field({ name: 'connection', label: 'Connection to change', value: given.connection, hint: 'The id of a connection of that tenant. Empty: a new one is set up.', error: errorOf('connection') })}</div>
<fieldset class="inline"><legend>It works for</legend>${lives.map(([value, text], at) => html`<label><input type="radio" name="expires_in" value="${value}"${at === 1 && html` checked`}> ${text}</label>`)}</fieldset>
<p class="actions"><button class="button">Make the link</button></p>`,
  )}</section>`
}

function table(view: AdminView, rows: readonly LinkRow[]): Html {
  return dataTable<LinkRow>(
    'Set-up links, newest first',
    [
      { name: 'Tenant', cell: ({ tenant }) => tenant },
      {
        name: 'Connection',
        cell: ({ connection }) =>
          connection === null
            ? html`<span class="none">a new one</span>`
            : html`<a href="${address(`/admin/connections/${connection}`)}"><code>${connection}</code></a>`,
      },
      { name: 'State', cell: one => state(one, view.now) },
      { name: 'Opened', numeric: true, cell: ({ used, uses }) => `${used} of ${uses}` },
      { name: 'Made', cell: ({ createdAt }) => when(createdAt, view.now) },
      { name: 'Ends', cell: ({ expiresAt }) => when(expiresAt, view.now) },
      ...(view.mayChange ? [{ name: '', cell: (one: LinkRow) => revoke(view, one) }] : []),
    ],
    rows,
  )
}

function state({ expiresAt, used, uses }: LinkRow, now: Date): Html {
  if (expiresAt <= now) return pill('quiet', 'Over')
  if (used >= uses) return pill('quiet', 'Used up')
  return used === 0 ? pill('info', 'Not opened yet') : pill('good', 'In use')
}

function revoke(view: AdminView, { id, tenant }: LinkRow): Html | false {
  const text = html`Take back<span class="hush"> the link of ${tenant}</span>`
  return changeButton(view, { action: '/admin/links/revoke', text, tone: 'danger', fields: { id } })
}
