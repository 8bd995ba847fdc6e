import { marked } from './check-list.ts'
import { address, type Html, html } from './html.ts'
import { codeView, copyField } from './pieces.ts'
import { nextLink, type SetupView, setupPage } from './setup-frame.ts'

/** Our side, with the words of their console beside each value. */
export interface ValuesView extends SetupView {
  provider: string
  entityId: string
  acsUrl: string
  metadataUrl: string
  certificates: readonly string[]
  words: { acs: string | undefined; entityId: string | undefined; people: string | undefined }
}

/** Step 2: what to copy from here into their console. */
export function setupValuesPage(view: ValuesView): Html {
  const { words, provider } = view
  const body = html`<p class="lead">Make a new SAML application in ${provider}, and give it these values, letter for letter.</p>
<ol class="pairing">
${row('Entity ID', view.entityId, words.entityId ?? 'Also called Audience, Identifier, SP Entity ID or Relying Party Identifier.')}
${row('ACS URL', view.acsUrl, words.acs ?? 'Also called Reply URL, Assertion Consumer Service, Single sign-on URL or Callback URL. The binding is HTTP-POST.')}
</ol>
<h2>Or all at once, as metadata</h2>
<section class="card"><p>If your console can read the metadata of an application, it needs nothing else: by its address, or as a file.</p>
${copyField({ label: 'Metadata URL', value: view.metadataUrl })}
<p class="actions"><a href="/setup/metadata.xml" download>Download the metadata file</a></p></section>
<details class="more"><summary>Our certificate, if your console asks for it</summary>
<p>It checks the requests that we sign, and encrypts for us what it sends. Most consoles do not ask.</p>
${view.certificates.map((text, at) => codeView({ label: view.certificates.length > 1 ? `Certificate ${at + 1}` : 'Certificate', text: text.trim() }))}
<p><a href="${address('/setup/certificate.crt')}" download>Download the certificate</a></p></details>
${words.people !== undefined && html`<p class="aside">Then say who may use the application. ${marked(words.people)}</p>`}
${nextLink('theirs', 'Done, continue', 'provider')}`
  return setupPage(view, 'values', `Copy our values into ${provider}`, body)
}

function row(label: string, value: string, words: string): Html {
  return html`<li><p>${marked(words)}</p><div>${copyField({ label, value })}</div></li>`
}
