import { page } from './frame.ts'
import { type Html, html } from './html.ts'
import { copyField } from './pieces.ts'

/** A refusal that is not about a person's sign-in: status and title of the table of problems, and what may be shown of it. */
export interface ProblemView {
  status: number
  title: string
  detail?: string | undefined
  traceId?: string | undefined
}

const advice: Record<number, string> = {
  400: 'The link that brought you here is not complete or not allowed. Go back and start again from the application.',
  401: 'Sign in first, then open this page again.',
  403: 'Go back and start again from the application.',
  404: 'Check the address, or go back and start again from the application.',
  405: 'Go back and start again from the application.',
  429: 'Wait a minute, then try again.',
  500: 'Nothing that you did is the cause. Try again in a moment.',
  503: 'Try again in a moment. Nothing is lost.',
}

/** Any refusal other than a sign-in's: what happened, what to do, and the reference where there is one. */
export function problemPage({ status, title, detail, traceId }: ProblemView): Html {
  const main = html`<p class="eyebrow">Status ${status}</p>
<h1>${title}</h1>
${detail && html`<p class="lead">${detail}</p>`}
<p>${advice[status] ?? 'Go back and try again.'}</p>
${
  traceId &&
  html`<section class="card"><p>If it stays like this, send this reference to the people who run this service.</p>
${copyField({ label: 'Reference', value: traceId })}</section>`
}`
  return page({ title, main })
}
