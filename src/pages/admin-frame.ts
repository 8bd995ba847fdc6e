// The frame of the admin pages, and the pieces that only they need.

import { page } from './frame.ts'
import { address, type Content, type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { banner, type Tone } from './pieces.ts'

/** The parts of the admin pages: path → what it is called. */
export const adminSections = {
  '/admin': 'Connections',
  '/admin/attempts': 'Sign-ins',
  '/admin/sessions': 'Sessions',
  '/admin/clients': 'Clients',
  '/admin/keys': 'Keys',
  '/admin/links': 'Set-up links',
  '/admin/audit': 'Audit log',
} as const

/** A part of the admin pages. */
export type AdminSection = keyof typeof adminSections

/** What every admin page knows: who reads it, whether they may change something, the token of their forms, what was just done. */
export interface AdminView {
  who: string
  mayChange: boolean
  formToken: string
  now: Date
  notice: { tone: Tone; text: string } | undefined
}

/** A way back: the page that this one is part of. */
export interface Crumb {
  text: string
  url: string
}

/** An admin page. */
export function adminPage(view: AdminView, { title, section, crumbs = [], heading, body }: AdminBody): Html {
  const links = Object.entries(adminSections).map(([url, text]) => ({ text, url, current: url === section }))
  const main = html`${crumbs.length > 0 && trail(crumbs)}${heading ?? html`<h1>${title}</h1>`}
${view.notice && banner(view.notice.tone, view.notice.text)}
${body}
<footer class="foot"><p>You are here as ${view.who}${view.mayChange ? false : ', to read only'}.</p>${adminForm(view, '/admin/sign-out', html`<button class="small">Sign out</button>`)}</footer>`
  return page({ title, main, wide: true, admin: true, home: '/admin', links })
}

/** What makes up an admin page; `heading` in place of the title alone. */
export interface AdminBody {
  title: string
  section: AdminSection
  crumbs?: readonly Crumb[]
  heading?: Html
  body: Content
}

function trail(crumbs: readonly Crumb[]): Html {
  return html`<nav class="trail" aria-label="Where you are">${crumbs.map(({ text, url }) => html`<a href="${address(url)}">${text}</a><span aria-hidden="true">/</span>`)}</nav>`
}

/** A form that changes something, with the token that only this browser knows. */
export function adminForm({ formToken }: AdminView, action: string, body: Content): Html {
  return html`<form method="post" action="${address(action)}"><input type="hidden" name="form_token" value="${formToken}">${body}</form>`
}

/** A button that changes something, with what it carries; nothing for those who may only read. */
export function changeButton(
  view: AdminView,
  { action, text, fields = {}, tone = 'plain' }: ChangeButton,
): Html | false {
  if (!view.mayChange) return false
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return adminForm(
    view,
    action,
    html`${hidden}<button class="${tone === 'main' ? 'button' : `small ${tone}`}">${text}</button>`,
  )
}

/** A button of one change. */
export interface ChangeButton {
  action: string
  text: Content
  fields?: Readonly<Record<string, string>>
  tone?: 'main' | 'plain' | 'danger'
}

/** A column of a table: what it is called, and what a row shows there. `wide` columns take what is left. */
export interface Column<Row> {
  name: string
  cell: (row: Row) => Content
  numeric?: boolean
}

/** A table that becomes cards on a phone; the first column names the row. */
export function dataTable<Row>(label: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const head = columns.map(
    ({ name, numeric }) =>
      html`<th scope="col"${numeric && html` class="number"`}>${name === '' ? html`<span class="hush">Action</span>` : name}</th>`,
  )
  const body = rows.map(row => {
    const cells = columns.map(({ name, cell, numeric }, at) => {
      if (at === 0) return html`<th scope="row">${cell(row)}</th>`
      return html`<td${name !== '' && html` data-label="${name}"`}${numeric && html` class="number"`}>${cell(row)}</td>`
    })
    return html`<tr>${cells}</tr>`
  })
  return html`<div class="sheet"><table><caption class="hush">${label}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

/** What is said where a list is empty: what it is, why it is empty, the next move. */
export function emptyState(title: string, text: Content): Html {
  return html`<div class="empty"><p><strong>${title}</strong></p><p>${text}</p></div>`
}

/** The way to the pages before and after; nothing where there is one page only. */
export function pager({ previous, next }: { previous?: string | undefined; next?: string | undefined }): Html | false {
  if (previous === undefined && next === undefined) return false
  return html`<nav class="pager" aria-label="Pages">${previous !== undefined && html`<a href="${address(previous)}">Back</a>`}${next !== undefined && html`<a href="${address(next)}">More${icon('arrow')}</a>`}</nav>`
}

/** A line to search with; it sends a GET to `action`. */
export function searchForm({ action, name, label, value, hint }: Search): Html {
  return html`<form class="search" method="get" action="${address(action)}" role="search"><label for="search">${label}</label><div><input id="search" name="${name}" type="search" value="${value}" autocomplete="off" spellcheck="false"${hint && html` placeholder="${hint}"`}><button class="small">Search</button></div></form>`
}

/** What a search line shows. */
export interface Search {
  action: string
  name: string
  label: string
  value: string | undefined
  hint?: string
}

/** Words for pairs of a name and a value, one a line. */
export function factList(facts: readonly (readonly [string, Content])[]): Html {
  return html`<dl class="facts-list">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}
