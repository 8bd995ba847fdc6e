import { type AdminView, adminPage, factList } from './admin-frame.ts'
import { asWords, type Check, checkList } from './check-list.ts'
import { summary } from './explain.ts'
import { address, type Html, html } from './html.ts'
import { banner, codeView, copyField, pill } from './pieces.ts'
import { when } from './time.ts'

/** A verdict: `title` of the table of problems, or that it would be accepted. */
export interface Verdict {
  accepted: boolean
  code: string | null
  title: string
  checks: readonly Check[]
}

/** One attempt, its verdict then and, where it was judged again, its verdict now. */
export interface AttemptPageView extends Verdict {
  traceId: string
  at: Date
  sub: string | null
  connection: { id: string; name: string; version: number } | undefined
  /** Whether the response was kept, so that it can be judged again. */
  kept: boolean
  /** Why it was not, in a sentence. */
  missing: string | undefined
  /** Changes to judge by, as they were typed, and what is wrong with them. */
  draft?: { text: string; mistakes: readonly string[] } | undefined
  /** The verdict under the settings of now or of the draft, and who it would let in, as JSON. */
  again?: (Verdict & { identity: string | undefined }) | undefined
}

/** Why was this person refused? Verdicts first. */
export function attemptPage(view: AdminView, shown: AttemptPageView): Html {
  const { traceId, at, connection, again, accepted, title } = shown
  const url = `/admin/attempts/${traceId}`
  const heading = html`<p class="eyebrow">${outcomePill(accepted)} ${when(at, view.now)}</p><h1>${title}</h1>`
  const crumbs = [{ text: 'Sign-ins', url: '/admin/attempts' }, ...(again ? [{ text: traceId, url }] : [])]
  const body = again
    ? html`${bothVerdicts(shown, again)}${draftForm(shown, url)}`
    : shown.draft
      ? draftForm(shown, url)
      : html`<p class="lead">${summary(shown.checks)}</p>${checkList(shown.checks)}${judgeAgain(shown, url)}`
  const record = factList(
    [
      [
        'Connection',
        connection && html`<a href="${address(`/admin/connections/${connection.id}`)}">${connection.name}</a>`,
      ],
      [
        'Person',
        shown.sub &&
          html`<a href="${address(`/admin/sessions?sub=${encodeURIComponent(shown.sub)}`)}"><code>${shown.sub}</code></a>`,
      ],
      ['Code', shown.code && html`<code>${shown.code}</code>`],
    ].filter((fact): fact is [string, Html] => Boolean(fact[1])),
  )
  return adminPage(view, {
    title: again ? `Judged again: ${title}` : title,
    section: '/admin/attempts',
    crumbs,
    heading,
    body: html`${body}<section><h2>For the record</h2>${copyField({ label: 'Reference', value: traceId })}${record}</section>`,
  })
}

function outcomePill(accepted: boolean): Html {
  return pill(accepted ? 'good' : 'bad', accepted ? 'Accepted' : 'Refused')
}

function judgeAgain({ kept, missing, accepted, connection }: AttemptPageView, url: string): Html | false {
  if (accepted || !connection) return false
  if (!kept) return html`<p class="aside">It cannot be judged again: the message was not kept. ${missing}</p>`
  return html`<p class="actions"><a class="button" href="${address(`${url}/again`)}">Judge again with the settings of now</a><span class="aside">It changes nothing and signs nobody in.</span></p>`
}

function bothVerdicts(shown: AttemptPageView, again: NonNullable<AttemptPageView['again']>): Html {
  const word = again.accepted ? 'good' : again.code === shown.code ? 'bad' : 'warn'
  const drafted = shown.draft !== undefined && shown.draft.text !== ''
  const said = drafted
    ? draftWords(shown, again)
    : again.accepted
      ? html`<strong>It would be accepted now.</strong> Tell the person to sign in again: the old response itself is not taken a second time.`
      : again.code === shown.code
        ? html`<strong>It would be refused again, for the same reason.</strong> The settings of now do not mend it.`
        : html`<strong>It would be refused again, for another reason.</strong> What was wrong then is mended; this comes next.`
  const version = shown.connection ? `Now, at version ${shown.connection.version}` : 'Now'
  return html`${banner(word, said)}
<div class="halves verdicts"><section><h2>Then</h2>${verdictOf(shown)}</section><section><h2>${drafted ? 'With these changes' : version}</h2>${verdictOf(again)}</section></div>
${again.identity !== undefined && html`<section><h2>Who it would be</h2>${codeView({ label: 'JSON', text: again.identity })}</section>`}`
}

function draftWords(shown: AttemptPageView, again: Verdict): Html {
  if (again.accepted) return html`<strong>With these changes it would be accepted.</strong> Nothing is changed yet.`
  return again.code === shown.code
    ? html`<strong>These changes do not mend it.</strong>`
    : html`<strong>These changes mend what was wrong; something else comes next.</strong>`
}

function draftForm({ draft }: AttemptPageView, url: string): Html {
  const { text = '', mistakes = [] } = draft ?? {}
  const wrong = mistakes.length > 0 && banner('bad', html`<ul>${mistakes.map(one => html`<li>${one}</li>`)}</ul>`)
  return html`<section><h2>Try other settings</h2>${wrong}
<form class="card" method="get" action="${address(`${url}/again`)}"><div class="field"><label for="changes">Changes to the connection</label>
<p class="hint" id="changes-hint">As JSON, as the API takes them: <code>{ "sp_entity_id": "https://…" }</code>. They are tried on this response and not kept.</p>
<textarea id="changes" name="changes" rows="4" maxlength="6000" spellcheck="false" autocomplete="off" aria-describedby="changes-hint">
${text}</textarea></div><p class="actions"><button class="small">Judge with these changes</button></p></form></section>`
}

function verdictOf({ accepted, title, checks }: Verdict): Html {
  return html`<p>${outcomePill(accepted)}</p><p><strong>${asWords(title)}</strong></p>${checkList(checks)}`
}
