import type { Guide, OurValues } from '../guides/guide.ts'
import { guideNotes, guideSteps } from './guide.ts'
import { type Html, html } from './html.ts'
import { codeView, copyField } from './pieces.ts'
import { nextLink, type SetupView, setupPage } from './setup-frame.ts'

/** Our side, and the guide to their console. */
export interface ValuesView extends SetupView {
  guide: Guide
  values: OurValues
  certificates: readonly string[]
}

/** Step 2: what to copy from here into their console, and where it goes there. */
export function setupValuesPage(view: ValuesView): Html {
  const { guide, values, certificates } = view
  const body = html`<p class="lead">Make an application for SAML there, and give it these values, letter for letter. Below is the way through its console.</p>
<section class="card"><h2>Our values</h2>
${copyField({ label: 'Entity ID', value: values.entity_id })}
${copyField({ label: 'ACS URL', value: values.acs_url })}
${copyField({ label: 'Metadata URL', value: values.metadata_url })}
<p class="hint after">A console that reads metadata needs nothing else: by its URL, or as a file. <a href="/setup/metadata.xml" download>Download the metadata file</a></p>
<details class="more"><summary>Our certificate, if it is asked for</summary>
<p>It checks the requests that we sign, and what is encrypted for us. Most consoles do not ask. <a href="/setup/certificate.crt" download>Download the certificate</a></p>
${certificates.map((text, at) => codeView({ label: certificates.length > 1 ? `Certificate ${at + 1}` : 'Certificate', text: text.trim() }))}</details></section>
<h2>Step by step</h2>
<div class="guide">${guideSteps(guide, values)}
<details class="more"><summary>Good to know, and what goes wrong</summary>${guideNotes(guide, values)}</details></div>
${nextLink('theirs', 'Done, continue', 'provider')}`
  return setupPage(
    view,
    'values',
    `Copy our values into ${guide.id === 'custom' ? 'your identity provider' : guide.title}`,
    body,
  )
}
