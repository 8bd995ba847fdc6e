import { page } from './frame.ts'
import { address, type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { copyField } from './pieces.ts'

/** What a refused person may know: the reference and the ways on. `explainUrl` is given in the demo only. */
export interface Refusal {
  traceId: string
  retryUrl?: string | undefined
  contact?: string | undefined
  explainUrl?: string | undefined
}

/** A refused sign-in: one sentence, what to do, the reference; never a detail. */
export function refusalPage({ traceId, retryUrl, contact, explainUrl }: Refusal): Html {
  const main = html`<p class="stamp bad">${icon('cross')}</p>
<h1>You are not signed in</h1>
<p class="lead">We could not confirm this sign-in, so nothing was opened and nothing has changed.</p>
${again(retryUrl)}
<section class="card">
<h2>If it happens again</h2>
<p>Send this reference to ${whom(contact, traceId)}. It tells them what we saw.</p>
${copyField({ label: 'Reference', value: traceId })}
</section>
${explainUrl && html`<p class="aside">This is the demo, so you may look behind the curtain. <a href="${address(explainUrl)}">See why</a></p>`}`
  return page({ title: 'You are not signed in', main })
}

function again(retryUrl: string | undefined): Html {
  if (retryUrl === undefined) return html`<p>Go back to the page that you wanted to open, and start from there.</p>`
  return html`<p class="actions"><a class="button" href="${address(retryUrl)}">Try again</a></p>`
}

function whom(contact: string | undefined, traceId: string): Html {
  if (contact === undefined) return html`the people who look after sign-in at your company`
  if (/^https:/.test(contact)) return html`<a href="${address(contact)}">${URL.parse(contact)?.host ?? contact}</a>`
  if (!/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(contact)) return html`${contact}`
  return html`<a href="mailto:${contact}?subject=${encodeURIComponent(`Sign-in refused: ${traceId}`)}">${contact}</a>`
}
