import { type Check, checkList } from './check-list.ts'
import { type Html, html } from './html.ts'
import { banner, codeView, moment } from './pieces.ts'
import { nextLink, type SetupView, setupForm, setupPage } from './setup-frame.ts'

/** What the last test of this browser showed. `current`: whether it was made with the settings as they are now. */
export interface Tested {
  at: Date
  accepted: boolean
  title: string
  checks: readonly Check[]
  xml: string | null
  current: boolean
  person: {
    named: { value: string; kind: string } | null
    claims: Readonly<Record<string, unknown>>
    attributes: Readonly<Record<string, readonly string[]>>
  } | null
}

/** What keeps a test from beginning, or what it showed. */
export interface TestView extends SetupView {
  provider: string
  missing: readonly string[]
  tested: Tested | undefined
  passed: boolean
}

/** Step 5: would my people get in, as whom, with which roles; if not, which setting do I change? */
export function setupTestPage(view: TestView): Html {
  const { tested, missing, provider } = view
  if (missing.length > 0) {
    const body = html`${banner('warn', html`<strong>Something is missing before a test can begin.</strong> ${missing.join(' ')}`)}${nextLink('theirs', 'Give your values')}`
    return setupPage(view, 'test', 'Not ready for a test yet', body)
  }
  if (!tested) {
    const body = html`<p class="lead">Sign in once as any of your people. It opens nothing and makes no session: you see each check that we make, and what the applications would learn.</p>
${begin(view, 'Begin the test')}
<section class="card"><h2>What happens</h2><ol class="steps"><li>We send this browser to ${provider}.</li><li>You sign in there, as your people will.</li><li>It sends you back here, and you see the result.</li></ol></section>
<p class="aside">If ${provider} shows an error instead, the ACS URL or the Entity ID there is not ours, or your account may not use the application yet. <a href="/setup/values">See the values again</a></p>`
    return setupPage(view, 'test', 'Try it before anybody depends on it', body)
  }
  return setupPage(view, 'test', heading(tested), result(view, tested))
}

function begin(view: SetupView, text: string, quiet = false): Html {
  return setupForm(
    view,
    'test',
    html`<p class="actions"><button class="${quiet ? 'small' : 'button'}">${text}</button></p>`,
  )
}

function heading({ accepted, person }: Tested): string {
  if (!accepted) return 'This person would not get in'
  const { name, email } = person?.claims ?? {}
  const who = [name, email].find(one => typeof one === 'string') ?? person?.named?.value ?? 'This person'
  return `${String(who)} would get in`
}

function result(view: TestView, tested: Tested): Html {
  const { accepted, current, at, checks, person, xml } = tested
  const failed = checks.filter(one => one.verdict === 'fail')
  const news = accepted
    ? banner('good', html`<strong>Every check passed.</strong> Tested ${moment(at)}.`)
    : banner(
        'bad',
        html`<strong>${tested.title}.</strong> ${failed.length > 0 && 'The failed check below says what to change.'} Tested ${moment(at)}.`,
      )
  return html`${news}${!current && banner('warn', html`<strong>Something was changed since.</strong> This shows how it was before: test again.`)}
<div class="way">${accepted && view.passed && current ? html`${nextLink('on', 'Continue')}${begin(view, 'Test again', true)}` : begin(view, 'Test again')}</div>
${person && learned(person)}
<h2>The checks</h2>
${failed.length > 0 && checkList(failed)}
${others(checks)}
${person && html`<details class="more"><summary>All attributes that came</summary>${codeView({ label: 'Attributes', text: JSON.stringify(person.attributes, null, 2) })}</details>`}
${xml !== null && html`<details class="more"><summary>The response, decoded</summary>${codeView({ label: 'Response', text: xml })}</details>`}`
}

// What went well is there to be looked at, not in the way of what did not.
function others(checks: readonly Check[]): Html {
  const rest = checks.filter(one => one.verdict !== 'fail')
  const passed = rest.filter(one => one.verdict === 'pass').length
  const skipped = rest.length - passed
  const count = skipped > 0 ? `${passed} passed, ${skipped} not needed or not reached` : `${passed} passed`
  return html`<details class="more"><summary>${count}</summary>${checkList(rest)}</details>`
}

function learned({ claims, named }: NonNullable<Tested['person']>): Html {
  const rows = Object.entries(claims).map(
    ([claim, value]) =>
      html`<tr><th scope="row">${claim}</th><td data-label="Value">${[value].flat().join(', ')}</td></tr>`,
  )
  return html`<section class="card"><h2>What a token would carry</h2>
<table><thead><tr><th scope="col">Claim</th><th scope="col">Value</th></tr></thead><tbody>${rows}</tbody></table>
${named && html`<p class="hint">Known to us for good as <code>${named.value}</code> (<code>${named.kind.replace(/^urn:.*:/, '')}</code>)</p>`}
<details class="more"><summary>As JSON</summary>${codeView({ label: 'Claims', text: JSON.stringify(claims, null, 2) })}</details></section>`
}
