import { asWords, type Check, checkList } from './check-list.ts'
import { page } from './frame.ts'
import { address, type Html, html } from './html.ts'
import { copyField, moment, pill } from './pieces.ts'

/** One attempt explained: `code` and `title` of the table of problems (null where it was accepted), every check with its verdict. */
export interface Explanation {
  traceId: string
  outcome: string
  code: string | null
  title: string
  checks: readonly Check[]
  at: Date
}

/** Why an attempt ended as it did: the verdicts first, the failed ones open at the top. `next` is the way on. */
export function explainPage(attempt: Explanation & { next?: { text: string; url: string }; home?: string }): Html {
  const { traceId, outcome, code, title, checks, at, next, home } = attempt
  const main = html`<p class="eyebrow">${pill(code === null ? 'good' : 'bad', asWords(outcome))} ${moment(at)}</p>
<h1>${title}</h1>
<p class="lead">${summary(checks)}</p>
${checks.length > 0 && html`<h2>The checks</h2>${checkList(checks)}`}
<h2>For the record</h2>
<section class="card">${copyField({ label: 'Reference', value: traceId })}${code !== null && copyField({ label: 'Code', value: code })}</section>
${next && html`<p class="actions"><a class="button" href="${address(next.url)}">${next.text}</a></p>`}`
  return page({ title, main, ...(home === undefined ? {} : { home }) })
}

/** How many checks failed, passed and were not reached, in a sentence. */
export function summary(checks: readonly Check[]): string {
  const count = (verdict: Check['verdict']) => checks.filter(check => check.verdict === verdict).length
  const [failed, passed, skipped] = [count('fail'), count('pass'), count('skip')]
  if (checks.length === 0) return 'It ended before any check was made.'
  const head = failed === 0 ? 'No check failed' : `${failed} of ${checks.length} checks failed`
  return `${head}, ${passed} passed${skipped > 0 ? `, ${skipped} ${skipped === 1 ? 'was' : 'were'} not reached` : ''}.`
}
