import { type AdminView, adminPage, changeButton, dataTable, emptyState, pager } from './admin-frame.ts'
import { address, type Html, html } from './html.ts'
import { when } from './time.ts'

/** Somebody who is signed in. */
export interface SessionRow {
  sid: string
  sub: string
  called: string | null
  tenant: string
  connection: string
  client: string
  createdAt: Date
  lastSeen: Date
  expiresAt: Date
}

/** Which sessions are shown. */
export interface SessionsView {
  rows: readonly SessionRow[]
  filter: Readonly<Partial<Record<'sub' | 'tenant' | 'connection' | 'client', string>>>
  next: string | undefined
}

const names = { sub: 'Person (sub)', tenant: 'Tenant', connection: 'Connection', client: 'Client' } as const
const keys = Object.keys(names) as (keyof typeof names)[]

/** Who is signed in, and the way to show them out. */
export function sessionsPage(view: AdminView, { rows, filter, next }: SessionsView): Html {
  const search = new URLSearchParams(filter).toString()
  const filtered = search !== ''
  const fields = keys.map(
    name =>
      html`<div class="field"><label for="${name}">${names[name]}</label><input id="${name}" name="${name}" value="${filter[name]}" autocomplete="off" spellcheck="false"></div>`,
  )
  const all = changeButton(view, {
    action: '/admin/sessions/end-all',
    text: 'End all that fit',
    tone: 'danger',
    fields: filter,
  })
  const body = html`<p class="lead">Who is signed in through here now. Ending a session ends its tokens within minutes, at once where a backend follows the revocation feed.</p>
<form class="filter" method="get" action="/admin/sessions">${fields}<button class="small">Find</button></form>
${rows.length > 0 ? sessionTable(view, rows, `/admin/sessions${filtered ? `?${search}` : ''}`, true) : nothing(filtered)}
${filtered && rows.length > 0 && all && html`<div class="beside"><p>${next === undefined ? `${rows.length} fit` : 'More than these fit'}. This ends every one of them.</p>${all}</div>`}
${pager({ next })}`
  return adminPage(view, { title: 'Sessions', section: '/admin/sessions', body })
}

function nothing(filtered: boolean): Html {
  return filtered
    ? emptyState(
        'Nothing fits',
        html`Nobody who is signed in is like that. <a href="/admin/sessions">See all of them</a>`,
      )
    : emptyState('Nobody is signed in', 'Whoever signs in is listed here until their session ends.')
}

/** A table of sessions; ending one comes back to `back`. `named`: with connection and client. */
export function sessionTable(view: AdminView, rows: readonly SessionRow[], back: string, named: boolean): Html {
  return dataTable<SessionRow>(
    'Sessions',
    [
      {
        name: 'Person',
        cell: ({ called, sub }) =>
          html`<a href="${address(`/admin/sessions?sub=${encodeURIComponent(sub)}`)}">${called ?? sub}</a>${called !== null && html`<small><code>${sub}</code></small>`}`,
      },
      ...(named
        ? [
            {
              name: 'Came through',
              cell: ({ connection, tenant }: SessionRow) =>
                html`<a href="${address(`/admin/connections/${connection}`)}">${tenant}</a>`,
            },
          ]
        : []),
      { name: 'Client', cell: ({ client }) => client },
      { name: 'Signed in', cell: ({ createdAt }) => when(createdAt, view.now) },
      { name: 'Last used', cell: ({ lastSeen }) => when(lastSeen, view.now) },
      { name: 'Ends', cell: ({ expiresAt }) => when(expiresAt, view.now) },
      ...(view.mayChange ? [{ name: '', cell: (row: SessionRow) => endButton(view, row, back) }] : []),
    ],
    rows,
  )
}

function endButton(view: AdminView, { sid, called, sub }: SessionRow, back: string): Html | false {
  const text = html`End<span class="hush"> the session of ${called ?? sub}</span>`
  return changeButton(view, { action: '/admin/sessions/end', text, tone: 'danger', fields: { sid, back } })
}
