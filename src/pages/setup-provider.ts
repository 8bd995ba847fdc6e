import { type Html, html } from './html.ts'
import { choiceButton, pill } from './pieces.ts'
import { type SetupView, setupForm, setupPage } from './setup-frame.ts'

/** The identity providers to choose from, and the one that is chosen. */
export interface ProviderView extends SetupView {
  providers: readonly { id: string; name: string }[]
  chosen: string | undefined
}

/** Step 1: which identity provider it is. Everything after it speaks in the words of its console. */
export function setupProviderPage(view: ProviderView): Html {
  const choices = view.providers.map(({ id, name }) => {
    const isChosen = id === view.chosen
    return html`<li${isChosen && html` class="chosen"`}>${choiceButton({ text: name, name: 'provider', value: id, ...(isChosen ? { note: 'Your choice so far' } : {}) })}</li>`
  })
  const body = html`<p class="lead">Where do your people sign in at work? We then name every field as your console does.</p>
${setupForm(view, 'provider', html`<ul class="choices pairs">${choices}</ul>`)}
<p class="aside">${pill('info', 'About ten minutes')} You need the right to add an application there. You can stop at any time and come back with the same link.</p>`
  return setupPage(view, 'provider', 'Which identity provider do you use?', body)
}
