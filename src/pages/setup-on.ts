import { page } from './frame.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { banner, copyField } from './pieces.ts'
import { nextLink, onward, type SetupView, setupForm, setupPage } from './setup-frame.ts'

/** What is about to be switched on; `on` once it is. */
export interface OnView extends SetupView {
  provider: string
  passed: boolean
  on: boolean
  changed: boolean
  issuer: string | undefined
  signInUrl: string
}

/** Step 6: switch it on, only after a test has passed with exactly these settings. */
export function setupOnPage(view: OnView): Html {
  const { passed, on, changed, provider, issuer, signInUrl } = view
  if (on && !changed) {
    const body = html`<p class="lead">Your people can sign in with ${provider} from now on.</p>
<section class="card"><h2>What to do now</h2>
<p>Give people the application’s own address, or this one, which goes straight to your sign-in. It also makes a tile in your portal begin here.</p>
${copyField({ label: 'Sign-in address', value: signInUrl })}</section>
<p>Tell whoever sent you this link that it is done. You may come back with it while it lives, to change something or to test again.</p>
<p class="actions"><a href="/setup/test">Test again</a></p>`
    return setupPage(view, 'on', 'It is switched on', body)
  }
  if (!passed) {
    const body = html`${banner('warn', html`<strong>First a test sign-in has to pass</strong> with exactly the settings as they are now. A change after the last test counts.`)}${nextLink('test', 'To the test sign-in')}`
    return setupPage(view, 'on', 'One test is missing', body)
  }
  const body = html`${banner('good', 'A test sign-in has passed with exactly these settings.')}
<p class="lead">${on ? 'The connection is in use. Your changes take its place at once, for everybody.' : 'From then on, your people can sign in with it. Those who sign in elsewhere today are not affected.'}</p>
<section class="card"><h2>${provider}</h2>${issuer !== undefined && copyField({ label: 'Issuer', value: issuer })}</section>
${setupForm(view, 'on', onward(on ? 'Apply the changes' : 'Switch it on', 'test'))}`
  return setupPage(view, 'on', on ? 'Apply your changes?' : 'Ready to switch on', body)
}

/** The link does not work, or this browser has not opened it. */
export function setupOverPage({ title, lead }: { title: string; lead: string }): Html {
  const main = html`<p class="stamp bad">${icon('cross')}</p>
<h1>${title}</h1>
<p class="lead">${lead}</p>
<p>Whoever sent you the link can make a new one in a moment. What you have entered so far is kept with the old link as long as that lives.</p>`
  return page({ title, main })
}
