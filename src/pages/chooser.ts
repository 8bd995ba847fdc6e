import { page } from './frame.ts'
import { type Html, html } from './html.ts'
import { choiceLink } from './pieces.ts'

/** Several connections fit: the person says which one is theirs. */
export function chooserPage({ choices }: { choices: readonly { name: string; url: string }[] }): Html {
  const main = html`<h1>How do you sign in?</h1>
<p class="lead">More than one sign-in fits. Choose the one that you use at work.</p>
<ul class="choices">${choices.map(({ name, url }) => html`<li>${choiceLink({ text: name, url })}</li>`)}</ul>`
  return page({ title: 'How do you sign in?', main })
}
