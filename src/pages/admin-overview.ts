import { type AdminView, adminPage, dataTable, emptyState, pager, searchForm } from './admin-frame.ts'
import { address, type Content, type Html, html } from './html.ts'
import { pill, type Tone } from './pieces.ts'
import { when } from './time.ts'

/** How a connection stands. */
export type Standing = 'locked' | 'soon' | 'well' | 'off'

/** A connection in the overview. `rate`: whole percent of the last 24 hours; `daysLeft`: of its last certificate. */
export interface OverviewRow {
  id: string
  name: string
  tenant: string
  provider: string
  state: Standing
  ailments: readonly string[]
  lastSignIn: Date | null
  rate: number | undefined
  count: number
  daysLeft: number | undefined
}

/** The overview: one page of it. */
export interface OverviewView {
  rows: readonly OverviewRow[]
  counts: Readonly<Record<Standing, number>>
  text: string | undefined
  state: Standing | undefined
  previous: string | undefined
  next: string | undefined
}

const standings: Record<Standing, { tone: Tone; word: string; plural: string }> = {
  locked: { tone: 'bad', word: 'Nobody gets in', plural: 'where nobody gets in' },
  soon: { tone: 'warn', word: 'Needs attention', plural: 'need attention' },
  well: { tone: 'good', word: 'Healthy', plural: 'healthy' },
  off: { tone: 'quiet', word: 'Switched off', plural: 'switched off' },
}

/** How a connection stands, in words. */
export function standingPill(state: Standing): Html {
  return pill(standings[state].tone, standings[state].word)
}

/** Connections: is anybody locked out, and will anybody be soon? Problems first. */
export function overviewPage(view: AdminView, shown: OverviewView): Html {
  const { rows, text, state } = shown
  const title = 'Connections'
  const body = html`${rows.length + total(shown) > 0 || text !== undefined ? tools(shown) : false}
${rows.length > 0 ? table(view, rows) : nothing(text, state)}
${pager(shown)}`
  return adminPage(view, { title, section: '/admin', body })
}

function total({ counts }: OverviewView): number {
  return Object.values(counts).reduce((sum, one) => sum + one, 0)
}

function tools(shown: OverviewView): Html {
  const { text, state, counts } = shown
  const link = (to: Standing | undefined, count: number, words: Content) => {
    const query = new URLSearchParams({ ...(text === undefined ? {} : { q: text }), ...(to ? { state: to } : {}) })
    const url = query.size > 0 ? `/admin?${query}` : '/admin'
    return html`<li><a href="${address(url)}"${to === state && html` aria-current="true"`}><strong>${count}</strong> ${words}</a></li>`
  }
  const kinds = (Object.keys(standings) as Standing[]).filter(one => counts[one] > 0 || one === state)
  const filters = kinds.map(one => link(one, counts[one], standings[one].plural))
  return html`<div class="tools"><ul class="filters" aria-label="Show only">${link(undefined, total(shown), 'in all')}${filters}</ul>
${searchForm({ action: '/admin', name: 'q', label: 'Search connections', value: text, hint: 'Name, tenant, domain' })}</div>`
}

function table(view: AdminView, rows: readonly OverviewRow[]): Html {
  return dataTable<OverviewRow>(
    'Connections, problems first',
    [
      {
        name: 'Connection',
        cell: ({ id, name, tenant, provider }) =>
          html`<a href="${address(`/admin/connections/${id}`)}">${name}</a><small>${tenant} · ${provider}</small>`,
      },
      {
        name: 'State',
        cell: ({ state, ailments }) =>
          html`${standingPill(state)}${ailments.length > 0 && html`<small>${sentence(ailments)}</small>`}`,
      },
      {
        name: 'Last sign-in',
        cell: ({ lastSignIn }) => (lastSignIn ? when(lastSignIn, view.now) : html`<span class="none">none yet</span>`),
      },
      { name: 'Accepted, 24 h', numeric: true, cell: ({ rate, count }) => share(rate, count) },
      { name: 'Certificate', numeric: true, cell: ({ daysLeft }) => daysWords(daysLeft) },
    ],
    rows,
  )
}

function share(rate: number | undefined, count: number): Content {
  if (rate === undefined) return html`<span class="none">–<span class="hush">nobody came</span></span>`
  return html`${rate} %<small>of ${count}</small>`
}

/** Days that a certificate has left, in words and in the tone that they ask for. */
export function daysWords(left: number | undefined): Content {
  if (left === undefined) return html`<span class="none">–<span class="hush">none</span></span>`
  if (left < 0) return html`<span class="told bad">expired</span>`
  if (left >= 730) return `${Math.floor(left / 365)} years`
  const words = `${left} day${left === 1 ? '' : 's'}`
  return left < 30 ? html`<span class="told ${left < 7 ? 'bad' : 'warn'}">${words}</span>` : words
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function nothing(text: string | undefined, state: Standing | undefined): Html {
  if (text !== undefined || state !== undefined)
    return emptyState('Nothing fits', html`No connection is like that. <a href="/admin">See all of them</a>`)
  return emptyState(
    'No connection yet',
    'A connection is one identity provider of one tenant. Make a set-up link and send it to the customer’s IT admin, or make the connection with the admin API.',
  )
}
