import { page } from './frame.ts'
import { address, type Html, html } from './html.ts'
import { hiddenFields } from './pieces.ts'

/** The form of the SAML HTTP-POST binding (Bindings §3.5): assay.js sends it at once, the button does so without JavaScript. */
export function postPage({
  action,
  fields,
  title,
}: {
  action: string
  fields: Readonly<Record<string, string>>
  title: string
}): Html {
  const main = html`<h1>${title}</h1>
<p class="lead">This takes a moment. If nothing happens, continue yourself.</p>
<form method="post" action="${address(action)}" data-submit>
${hiddenFields(fields)}
<p class="actions"><button class="button">Continue</button></p>
</form>`
  return page({ title, main })
}
