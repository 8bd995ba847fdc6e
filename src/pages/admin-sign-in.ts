import { page } from './frame.ts'
import { address, type Html, html } from './html.ts'
import { icon } from './icons.ts'

/** How somebody gets in: by the key, or through the sign-in that is named for it. `next` is where they wanted to go. */
export interface AdminSignIn {
  next: string
  error?: string | undefined
  ssoUrl?: string | undefined
  left?: boolean
}

/** The way in to the admin pages. */
export function adminSignInPage({ next, error, ssoUrl, left = false }: AdminSignIn): Html {
  const sso =
    ssoUrl &&
    html`<p class="actions"><a class="button" href="${address(ssoUrl)}">Sign in with your company account</a></p><p class="or">or</p>`
  const main = html`<h1>${left ? 'You are signed out' : 'Sign in to the admin pages'}</h1>
<p class="lead">${left ? 'Nothing of what you saw stays in this browser.' : 'See which connections are healthy, and why somebody was refused.'}</p>
${sso}<form class="card" method="post" action="/admin/sign-in"><input type="hidden" name="next" value="${next}">
<input class="hush" type="text" name="username" value="admin" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
<div class="field"><label for="key">Admin key</label><p class="hint" id="key-hint">The key of the admin API: what <em>ADMIN_API_KEY</em> holds, or what the first start printed.</p>
<input id="key" name="key" type="password" autocomplete="current-password" required autofocus aria-describedby="key-hint${error && ' key-error'}"${error && html` aria-invalid="true"`}>
${error && html`<p class="error" id="key-error">${icon('cross')}<span>${error}</span></p>`}</div>
<p class="actions"><button class="${sso ? 'small' : 'button'}">Sign in</button></p></form>
<p class="aside">It counts for eight hours in this browser, and for half an hour without being used.</p>`
  return page({ title: 'Admin', main, admin: true })
}

/** A browser that comes from another site does not bring the admin cookie along; one that comes from here does. */
export function adminAgainPage(url: string): Html {
  const main = html`<h1>One moment</h1>
<p class="lead">You came from another site, so your browser kept back who you are.</p>
<p class="actions"><a class="button" href="${address(url)}">Continue</a></p>`
  return page({ title: 'One moment', main, admin: true })
}
