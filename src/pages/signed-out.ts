import { page } from './frame.ts'
import { address, type Content, type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { banner, copyField } from './pieces.ts'

/**
 * What became of the sign-out at the company's own sign-in: it is done, it did not reach every application, it failed, or an
 * answer came that could not be confirmed. Absent: nobody asked there.
 */
export type Elsewhere = 'done' | 'partial' | 'failed' | 'unconfirmed'

/** The session here is over; `returnTo` is the way back in, `next` the place to which the sign-out leads. */
export interface SignedOut {
  returnTo?: string | undefined
  next?: string | undefined
  elsewhere?: Elsewhere | undefined
  traceId?: string | undefined
}

/** The page after a sign-out: what is over here, and what may still be open elsewhere. */
export function signedOutPage({ returnTo, next, elsewhere, traceId }: SignedOut): Html {
  const main = html`<p class="stamp good">${icon('check')}</p>
<h1>You are signed out</h1>
<p class="lead">${elsewhere === 'done' ? done : here}</p>
${elsewhere && elsewhere !== 'done' && banner('warn', warnings[elsewhere])}
${next && html`<p class="actions"><a class="button" href="${address(next)}">Continue</a></p>`}
${returnTo && html`<p class="actions"><a class="button" href="${address(returnTo)}">Sign in again</a></p>`}
${traceId && reference(traceId)}`
  return page({ title: 'You are signed out', main })
}

const done: Content = 'Your session here is over, and your company’s sign-in has ended yours there.'
const here: Content =
  'Your session here is over. Your company’s own sign-in may still be open in this browser: on a shared computer, sign out there too.'

const warnings: Record<Exclude<Elsewhere, 'done'>, string> = {
  partial:
    'Your company’s sign-in could not sign you out of every application. Sign out of the others yourself, or close the browser.',
  failed: 'Your company’s sign-in says that it could not sign you out there.',
  unconfirmed: 'We could not confirm the answer of your company’s sign-in, so you may still be signed in there.',
}

function reference(traceId: string): Html {
  return html`<section class="card"><p>If it stays like this, send this reference to the people who look after sign-in at your company.</p>
${copyField({ label: 'Reference', value: traceId })}</section>`
}
