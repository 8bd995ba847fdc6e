import { type AdminView, adminPage, type Column, dataTable, emptyState, pager, searchForm } from './admin-frame.ts'
import { address, type Html, html } from './html.ts'
import { banner, pill } from './pieces.ts'
import { when } from './time.ts'

/** One response that came in. `title` of the table of problems; null where it was accepted. */
export interface AttemptRow {
  traceId: string
  at: Date
  connection: { id: string; name: string } | undefined
  accepted: boolean
  code: string | null
  title: string | null
}

/** Which attempts are shown, and what they are called. */
export interface AttemptsView {
  rows: readonly AttemptRow[]
  outcome: 'accepted' | 'refused' | undefined
  connection: { id: string; name: string } | undefined
  /** A reference that was looked for and not found. */
  missing: string | undefined
  next: string | undefined
}

/** Responses that came in, newest first. */
export function attemptsPage(view: AdminView, shown: AttemptsView): Html {
  const { rows, connection, missing, next } = shown
  const body = html`${connection && html`<p class="lead">Of <a href="${address(`/admin/connections/${connection.id}`)}">${connection.name}</a>. <a href="/admin/attempts">Show all</a></p>`}
<div class="tools">${filters(shown)}${searchForm({ action: '/admin/attempts', name: 'reference', label: 'Find by reference', value: missing, hint: 'What the refused person sends you' })}</div>
${missing !== undefined && banner('warn', html`There is no sign-in with the reference <code>${missing}</code>. References have 20 letters and digits; what came in is kept for 30 days.`)}
${rows.length > 0 ? attemptTable(view, rows, 'Sign-ins, newest first', connection === undefined) : nothing(shown)}
${pager({ next })}`
  return adminPage(view, { title: 'Sign-ins', section: '/admin/attempts', body })
}

function filters({ outcome, connection }: AttemptsView): Html {
  const link = (to: AttemptsView['outcome'], text: string) => {
    const query = new URLSearchParams({
      ...(connection ? { connection: connection.id } : {}),
      ...(to ? { outcome: to } : {}),
    })
    const url = query.size > 0 ? `/admin/attempts?${query}` : '/admin/attempts'
    return html`<li><a href="${address(url)}"${to === outcome && html` aria-current="true"`}>${text}</a></li>`
  }
  return html`<ul class="filters" aria-label="Show only">${link(undefined, 'All')}${link('refused', 'Refused')}${link('accepted', 'Accepted')}</ul>`
}

function nothing({ outcome, connection }: AttemptsView): Html {
  if (outcome === undefined && !connection)
    return emptyState(
      'Nobody has come yet',
      'Every response of an identity provider is listed here, accepted or refused, with every check that was made.',
    )
  return emptyState(
    'Nothing fits',
    html`No sign-in of the last 30 days is like that. <a href="/admin/attempts">See all of them</a>`,
  )
}

/** A table of attempts; `named`: with the connection that each came to. */
export function attemptTable(view: AdminView, rows: readonly AttemptRow[], label: string, named: boolean): Html {
  const connection: Column<AttemptRow> = {
    name: 'Connection',
    cell: one =>
      one.connection &&
      html`<a href="${address(`/admin/connections/${one.connection.id}`)}">${one.connection.name}</a>`,
  }
  return dataTable<AttemptRow>(
    label,
    [
      {
        name: 'When',
        cell: one => html`<a href="${address(`/admin/attempts/${one.traceId}`)}">${when(one.at, view.now)}</a>`,
      },
      { name: 'Outcome', cell: ({ accepted }) => pill(accepted ? 'good' : 'bad', accepted ? 'Accepted' : 'Refused') },
      { name: 'Why', cell: ({ title }) => title ?? html`<span class="none">Every check passed</span>` },
      ...(named ? [connection] : []),
      { name: 'Reference', cell: ({ traceId }) => html`<code>${traceId}</code>` },
    ],
    rows,
  )
}
