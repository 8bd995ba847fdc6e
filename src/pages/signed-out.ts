import { page } from './frame.ts'
import { address, type Html, html } from './html.ts'
import { icon } from './icons.ts'

/** The session here is over; `returnTo` is the way back in. */
export function signedOutPage({ returnTo }: { returnTo?: string | undefined }): Html {
  const main = html`<p class="stamp good">${icon('check')}</p>
<h1>You are signed out</h1>
<p class="lead">Your session here is over. Your company’s own sign-in may still be open in this browser: on a shared computer, sign out there too.</p>
${returnTo && html`<p class="actions"><a class="button" href="${address(returnTo)}">Sign in again</a></p>`}`
  return page({ title: 'You are signed out', main })
}
