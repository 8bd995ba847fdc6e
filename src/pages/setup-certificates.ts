import { type Html, html } from './html.ts'
import { banner, hiddenFields, pill, type Tone } from './pieces.ts'
import { type SetupView, setupPage } from './setup-frame.ts'
import { type Signer, signerCards } from './signers.ts'
import { dayOf } from './time.ts'

/** The certificates of a connection that is there; `approved` where one was trusted a moment ago. */
export interface CertificatesView extends SetupView {
  provider: string
  version: number
  now: Date
  approved: boolean
  signers: readonly Signer[]
  certificates: readonly { subject: string; fingerprint: string; state: string; notAfter: Date }[]
}

const tones: Record<string, Tone> = { active: 'good', next: 'info', expired: 'bad' }

/** Which certificates are trusted, and those that are not but signed what was right in everything else. */
export function setupCertificatesPage(view: CertificatesView): Html {
  const { provider, approved, certificates } = view
  const advice = `Trust it only if you have changed the certificate, and ${provider} shows this very fingerprint. Unlike the other steps, this one counts at once.`
  const cards = signerCards({ ...view, advice, approve: one => approval(view, one) })
  const body = html`${approved && banner('good', 'The certificate is trusted from now on. Whoever was refused may sign in again.')}
${cards || html`<p class="lead">Nobody is refused because of a certificate that we do not know.</p>`}
<section class="card"><h2>Trusted now</h2>${certificates.map(trusted)}</section>
<p class="actions"><a href="/setup/theirs">Everything that we know of ${provider}</a></p>`
  return setupPage(view, 'theirs', 'Your certificates', body)
}

function trusted({ subject, fingerprint, state, notAfter }: CertificatesView['certificates'][number]): Html {
  return html`<div class="certificate"><p>${pill(tones[state] ?? 'quiet', state)} <strong>${subject}</strong></p>
<p class="hint">until ${dayOf(notAfter)}</p><p class="hint">SHA-256 <code>${fingerprint}</code></p></div>`
}

function approval({ formToken, version }: CertificatesView, { sha256 }: Signer): Html {
  return html`<form method="post" action="/setup/certificates">${hiddenFields({ form_token: formToken, sha256, version: String(version) })}
<button class="button">We changed it: trust this certificate</button></form>`
}
