import { page } from './frame.ts'
import { address, type Html, html } from './html.ts'
import { field, hiddenFields } from './pieces.ts'

/** What the form carries: where it goes (GET), what it takes along, what was typed, and what to say about it. */
export interface Find {
  action: string
  hidden: Readonly<Record<string, string>>
  email?: string | undefined
  message?: string | undefined
}

/** Asks for the work e-mail address, to find the company's sign-in; the same page whether or not the domain is known. */
export function findPage({ action, hidden, email, message }: Find): Html {
  const main = html`<h1>Sign in with your company</h1>
<p class="lead">Your address tells us where your company’s sign-in is. You give your password there, never here.</p>
<form class="card" method="get" action="${address(action)}">
${hiddenFields(hidden)}
${field({ name: 'email', label: 'Work e-mail', type: 'email', value: email, error: message, autocomplete: 'email', required: true, autofocus: true })}
<p class="actions"><button class="button">Continue</button></p>
</form>`
  return page({ title: 'Sign in with your company', main })
}
