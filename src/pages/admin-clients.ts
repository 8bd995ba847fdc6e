import { type AdminView, adminPage, dataTable, emptyState, factList, pager } from './admin-frame.ts'
import { address, type Content, type Html, html } from './html.ts'
import { copyField, pill } from './pieces.ts'
import { when } from './time.ts'

/** A client as its page shows it. */
export interface ClientView {
  clientId: string
  name: string
  audience: string
  proof: 'secret' | 'key' | 'none'
  redirectUris: readonly string[]
  origins: readonly string[]
  postLogoutRedirectUris: readonly string[]
  tokenTtl: number | null
  connections: readonly string[]
  version: number
  createdAt: Date
  updatedAt: Date
}

const proofs = { secret: 'a secret', key: 'a key of its own', none: 'nothing (public, PKCE)' } as const

/** Who gets tokens. */
export function clientsPage(view: AdminView, rows: readonly ClientView[], next: string | undefined): Html {
  const body = html`<p class="lead">Applications and backends that get tokens. They are made and changed with the admin API.</p>
${
  rows.length === 0
    ? emptyState('No client', 'A client is an application that gets tokens. Make one with POST /api/v1/clients.')
    : dataTable<ClientView>(
        'Clients',
        [
          {
            name: 'Client',
            cell: one =>
              html`<a href="${address(`/admin/clients/${one.clientId}`)}">${one.name}</a><small><code>${one.clientId}</code></small>`,
          },
          { name: 'Audience', cell: ({ audience }) => html`<code>${audience}</code>` },
          { name: 'Proves itself by', cell: ({ proof }) => proofs[proof] },
          {
            name: 'Connections',
            cell: ({ connections }) => (connections.length === 0 ? 'all' : String(connections.length)),
          },
          { name: 'Changed', cell: ({ updatedAt }) => when(updatedAt, view.now) },
        ],
        rows,
      )
}${pager({ next })}`
  return adminPage(view, { title: 'Clients', section: '/admin/clients', body })
}

/** One client. */
export function clientPage(view: AdminView, one: ClientView): Html {
  const heading = html`<div class="title"><div><h1>${one.name}</h1><p class="aside"><code>${one.clientId}</code> · version ${one.version}</p></div>${pill('info', one.proof === 'none' ? 'Public' : 'Confidential')}</div>`
  const body = html`<div class="card">${copyField({ label: 'Client ID', value: one.clientId })}${copyField({ label: 'Audience', value: one.audience })}</div>
${factList([
  ['Proves itself by', proofs[one.proof]],
  ['Redirect URIs', listOf(one.redirectUris, 'none: it takes no part in the code flow')],
  ['Origins', listOf(one.origins, 'none: nobody is sent back to it after a sign-in')],
  ['After sign-out', listOf(one.postLogoutRedirectUris, 'none')],
  ['Tokens live', one.tokenTtl === null ? 'as long as TOKEN_TTL says' : `${one.tokenTtl} seconds`],
  [
    'Connections',
    one.connections.length === 0
      ? 'all'
      : html`<ul>${one.connections.map(id => html`<li><a href="${address(`/admin/connections/${id}`)}"><code>${id}</code></a></li>`)}</ul>`,
  ],
  ['Made', when(one.createdAt, view.now)],
  ['Changed', when(one.updatedAt, view.now)],
])}
<p class="actions"><a href="${address(`/admin/sessions?client=${encodeURIComponent(one.clientId)}`)}">Who is signed in to it</a></p>`
  return adminPage(view, {
    title: one.name,
    section: '/admin/clients',
    crumbs: [{ text: 'Clients', url: '/admin/clients' }],
    heading,
    body,
  })
}

function listOf(values: readonly string[], none: string): Content {
  return values.length === 0 ? none : html`<ul>${values.map(one => html`<li><code>${one}</code></li>`)}</ul>`
}
