import { marked } from './check-list.ts'
import { type Html, html } from './html.ts'
import { banner, copyField, moment, pill } from './pieces.ts'
import { area, drop, line, nextLink, onward, type SetupView, setupForm, setupPage } from './setup-frame.ts'

/** What we have of their side. */
export interface Known {
  issuer: string
  signOnUrl: string
  certificates: readonly { subject: string; sha256: string; notBefore: Date; notAfter: Date; state: string }[]
  notices: readonly string[]
}

/** The form as it was filled in, and what is wrong with it by field. */
export interface TheirsView extends SetupView {
  provider: string
  words: { signOnUrl: string | undefined; issuer: string | undefined; certificate: string | undefined }
  known: Known | undefined
  values: Readonly<Record<string, string>>
  mistakes: readonly { field: string; message: string }[]
  notices: readonly string[]
  /** The connection is there already. */
  there: boolean
}

/** Step 3: what their console gave them, in whatever form; or what we have read of it. */
export function setupTheirsPage(view: TheirsView): Html {
  const { provider, known, mistakes } = view
  const form = inputs(view)
  const body =
    known && mistakes.length === 0
      ? html`${summary(known)}${view.there && html`<p><a href="/setup/certificates">Certificates in use, and whose sign-ins were refused for another</a></p>`}${nextLink('people', 'Continue', 'values')}
<details class="more"><summary>Give something else</summary>${form}</details>`
      : html`<p class="lead">Metadata is quickest: one address or one file says everything. The three fields do as well.</p>${complaint(view)}${form}`
  const title =
    known && mistakes.length === 0 ? `This is what we know of ${provider}` : `Give us what ${provider} shows`
  return setupPage(view, 'theirs', title, body)
}

function complaint({ mistakes, notices }: TheirsView): Html {
  const count = mistakes.length === 1 ? 'One thing is' : `${mistakes.length} things are`
  const links = mistakes.map(({ field }) => html`<li><a href="#${field}">${labels[field] ?? field}</a></li>`)
  return html`${mistakes.length > 0 && banner('bad', html`<strong>${count} not what we need yet.</strong><ul class="inline">${links}</ul>`)}${notices.map(one => banner('info', one))}`
}

const labels: Record<string, string> = {
  metadata_url: 'Metadata URL',
  metadata: 'Metadata',
  sign_on_url: 'Sign on URL',
  issuer: 'Issuer',
  certificate: 'Public Certificate',
}

function inputs(view: TheirsView): Html {
  const { values, mistakes, words } = view
  const about = (name: string, hint: string | undefined) => ({
    ...{ name, label: labels[name] ?? name, hint, value: values[name] },
    error: mistakes.find(({ field }) => field === name)?.message,
  })
  return setupForm(
    view,
    'theirs',
    html`<section class="card"><h2>Metadata</h2>
${line({ ...about('metadata_url', 'The address under which your identity provider publishes it. New certificates then come by themselves.'), placeholder: 'https://' })}
<p class="or">or</p>
${drop({ name: 'metadata_file', label: 'Metadata file', accept: '.xml,text/xml,application/xml,application/samlmetadata+xml' })}
${area({ ...about('metadata', 'Or its text.'), rows: 4, placeholder: '<EntityDescriptor …' })}
</section>
<section class="card"><h2>Or the three fields</h2>
${line({ ...about('sign_on_url', words.signOnUrl ?? 'Also called Login URL, SSO URL or SingleSignOnService.'), placeholder: 'https://' })}
${line(about('issuer', words.issuer ?? 'Also called Entity ID of the identity provider.'))}
${area({ ...about('certificate', words.certificate ?? 'The certificate with which it signs, as text or file.'), rows: 5, placeholder: '-----BEGIN CERTIFICATE-----' })}
${drop({ name: 'certificate_file', label: 'Certificate file', accept: '.cer,.crt,.pem,.cert,.der,.txt' })}
</section>
${onward('Read it', 'values')}`,
    true,
  )
}

function summary({ issuer, signOnUrl, certificates, notices }: Known): Html {
  return html`${notices.map(one => banner('info', marked(one)))}
<section class="card"><h2>Your identity provider</h2>
${copyField({ label: 'Issuer', value: issuer })}
${copyField({ label: 'Sign on URL', value: signOnUrl })}</section>
<section class="card"><h2>${certificates.length === 1 ? 'The certificate that it signs with' : `${certificates.length} certificates that it may sign with`}</h2>
${certificates.map(certificate)}</section>`
}

function certificate({ subject, sha256, notBefore, notAfter, state }: Known['certificates'][number]): Html {
  const tone = state === 'active' ? 'good' : 'warn'
  return html`<div class="certificate"><p>${pill(tone, state)} <strong>${subject}</strong></p>
<p class="hint">From ${moment(notBefore)} to ${moment(notAfter)}</p>
<p class="hint">SHA-256 <code>${sha256
    .toUpperCase()
    .match(/.{1,4}/g)
    ?.join(' ')}</code></p></div>`
}
