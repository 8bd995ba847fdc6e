import { type AdminView, adminPage, changeButton, dataTable, emptyState, factList, pager } from './admin-frame.ts'
import { diffTable } from './admin-value.ts'
import { address, type Html, html } from './html.ts'
import { pill } from './pieces.ts'
import { when } from './time.ts'

/** What a version changed: the members before and after, and whether that is trust. */
export interface Changed {
  before: object | null
  after: object | null
  trust: boolean
}

/** A version of a connection; `changed` against the one before it, where that is kept. */
export interface VersionRow {
  version: number
  at: Date
  actor: string
  changed: Changed | undefined
}

/** Whose versions they are. */
export interface Whose {
  id: string
  name: string
  version: number
}

/** That a change is one of trust: whom we believe, or what that makes of a person. */
export function trustPill(trust: boolean): Html | false {
  return trust && pill('warn', 'Trust')
}

/** Every version of a connection, newest first. */
export function versionsPage(
  view: AdminView,
  whose: Whose,
  rows: readonly VersionRow[],
  next: string | undefined,
): Html {
  const base = `/admin/connections/${whose.id}`
  const body = html`<p class="lead">Each change is kept. What changed, and who did it, is behind the number; a version can be restored.</p>
${
  rows.length === 0
    ? emptyState('No version is kept', 'Versions are kept from the first change on that is made with this release.')
    : dataTable<VersionRow>(
        'Versions, newest first',
        [
          {
            name: 'Version',
            cell: ({ version }) =>
              html`<a href="${address(`${base}/versions/${version}`)}">${version}</a>${version === whose.version && html` <span class="none">as it is now</span>`}`,
          },
          { name: 'When', cell: ({ at }) => when(at, view.now) },
          { name: 'Who', cell: ({ actor }) => html`<code>${actor}</code>` },
          { name: 'What', cell: ({ changed }) => names(changed) },
          {
            name: 'Kind',
            cell: ({ changed }) => trustPill(changed?.trust ?? false) || html`<span class="none">–</span>`,
          },
        ],
        rows,
      )
}${pager({ next })}`
  return adminPage(view, { title: `Versions of ${whose.name}`, section: '/admin', crumbs: crumbs(whose, false), body })
}

function crumbs({ id, name }: Whose, inside: boolean) {
  const own = { text: name, url: `/admin/connections/${id}` }
  const all = { text: 'Versions', url: `/admin/connections/${id}/versions` }
  return [{ text: 'Connections', url: '/admin' }, own, ...(inside ? [all] : [])]
}

function names(changed: Changed | undefined) {
  if (!changed) return html`<span class="none">the first that is kept</span>`
  const all = [...new Set([...Object.keys(changed.before ?? {}), ...Object.keys(changed.after ?? {})])]
  return all.length === 0 ? html`<span class="none">nothing that is set</span>` : html`<code>${all.join(', ')}</code>`
}

/** One version: what it changed, and what restoring it would change now (`undo`, absent for the version of now). */
export function versionPage(view: AdminView, whose: Whose, shown: VersionRow, undo: Changed | undefined): Html {
  const { version, at, actor, changed } = shown
  const heading = html`<div class="title"><div><h1>Version ${version}</h1><p class="aside">${whose.name}</p></div>${trustPill(changed?.trust ?? false)}</div>`
  const body = html`${factList([
    ['Made', when(at, view.now)],
    ['By', html`<code>${actor}</code>`],
  ])}
<section><h2>What it changed</h2>${changed ? table('What it changed', changed) : html`<p>It is the first that is kept.</p>`}</section>
${undo && html`<section><h2>What restoring it would change now</h2>${table('What restoring it would change', undo)}${restore(view, whose, version)}</section>`}`
  return adminPage(view, {
    title: `Version ${version} of ${whose.name}`,
    section: '/admin',
    crumbs: crumbs(whose, true),
    heading,
    body,
  })
}

function table(label: string, { before, after }: Changed): Html {
  const same = Object.keys(before ?? {}).length + Object.keys(after ?? {}).length === 0
  return same ? html`<p>Nothing that is set.</p>` : diffTable(label, before, after)
}

function restore(view: AdminView, { id, version: now }: Whose, version: number): Html | false {
  const button = changeButton(view, {
    action: `/admin/connections/${id}/restore`,
    text: `Restore version ${version}`,
    fields: { restore: String(version), version: String(now) },
    tone: 'main',
  })
  return (
    button &&
    html`<div class="actions">${button}<span class="aside">It becomes a version of its own; nothing is lost.</span></div>`
  )
}
