import { type AdminView, adminPage, dataTable, emptyState, factList, pager } from './admin-frame.ts'
import { diffTable } from './admin-value.ts'
import { trustPill } from './admin-versions.ts'
import { address, type Html, html } from './html.ts'
import { copyField } from './pieces.ts'
import { when } from './time.ts'

/** An event of the audit log. */
export interface AuditRow {
  seq: number
  at: Date
  actor: string
  action: string
  subjectType: string
  subjectId: string | null
  trust: boolean
  traceId: string | null
  hash: string
  before: object | null
  after: object | null
}

/** Which events are shown. */
export interface AuditView {
  rows: readonly AuditRow[]
  trust: boolean
  filter: Readonly<Partial<Record<'actor' | 'subject_id' | 'action', string>>>
  next: string | undefined
}

const labels = { actor: 'Who', action: 'What', subject_id: 'On which id' } as const

/** Who changed what, newest first. */
export function auditPage(view: AdminView, { rows, trust, filter, next }: AuditView): Html {
  const fields = Object.entries(labels).map(
    ([name, label]) =>
      html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${filter[name as keyof typeof labels]}" autocomplete="off" spellcheck="false"></div>`,
  )
  const kept = html`${trust && html`<input type="hidden" name="trust" value="true">`}`
  const body = html`<div class="tools"><ul class="filters" aria-label="Show only"><li><a href="/admin/audit"${!trust && html` aria-current="true"`}>Every change</a></li><li><a href="/admin/audit?trust=true"${trust && html` aria-current="true"`}>Changes of trust</a></li></ul></div>
<form class="filter" method="get" action="/admin/audit">${kept}${fields}<button class="small">Find</button></form>
${rows.length > 0 ? table(view, rows) : emptyState('Nothing fits', html`No change is like that. <a href="/admin/audit">See all of them</a>`)}${pager({ next })}`
  return adminPage(view, { title: 'Audit log', section: '/admin/audit', body })
}

function table(view: AdminView, rows: readonly AuditRow[]): Html {
  return dataTable<AuditRow>(
    'Changes, newest first',
    [
      {
        name: 'When',
        cell: ({ seq, at }) => html`<a href="${address(`/admin/audit/${seq}`)}">${when(at, view.now)}</a>`,
      },
      { name: 'Who', cell: ({ actor }) => html`<code>${actor}</code>` },
      { name: 'What', cell: ({ action }) => html`<code>${action}</code>` },
      { name: 'On', cell: subject },
      { name: 'Kind', cell: ({ trust }) => trustPill(trust) || html`<span class="none">–</span>` },
    ],
    rows,
  )
}

function subject({ subjectType, subjectId }: AuditRow): Html {
  if (subjectId === null) return html`${subjectType}`
  const places: Record<string, string> = { connection: '/admin/connections/', client: '/admin/clients/' }
  const place = places[subjectType]
  const id = html`<code>${subjectId}</code>`
  return html`${subjectType} ${place === undefined ? id : html`<a href="${address(place + encodeURIComponent(subjectId))}">${id}</a>`}`
}

/** One event: what was before, what is after, and its place on the chain. */
export function auditEventPage(view: AdminView, one: AuditRow): Html {
  const heading = html`<div class="title"><div><h1>${one.action}</h1><p class="aside">Event ${one.seq}, ${when(one.at, view.now)}</p></div>${trustPill(one.trust)}</div>`
  const body = html`${factList([
    ['Who', html`<code>${one.actor}</code>`],
    ['On', subject(one)],
    ['Trace', one.traceId === null ? html`<span class="none">none</span>` : html`<code>${one.traceId}</code>`],
  ])}
<section><h2>Before and after</h2>${one.before === null && one.after === null ? html`<p>It says no more.</p>` : diffTable('Before and after', one.before, one.after)}</section>
<section>${copyField({ label: 'Its hash on the chain', value: one.hash })}</section>`
  return adminPage(view, {
    title: one.action,
    section: '/admin/audit',
    crumbs: [{ text: 'Audit log', url: '/admin/audit' }],
    heading,
    body,
  })
}
