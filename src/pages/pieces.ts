// The pieces that pages are made of, each once. Plain data in, Html out; everything works without JavaScript (copy buttons
// are hidden until assay.js shows them).

import { address, type Content, type Html, html } from './html.ts'
import { type IconName, icon } from './icons.ts'

/** How a piece of news is coloured; an icon and a word always say the same. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet'

const toneIcons: Record<Tone, IconName> = { good: 'check', warn: 'warning', bad: 'cross', info: 'info', quiet: 'dash' }

/** A status in one or two words. */
export function pill(tone: Tone, text: string): Html {
  return html`<span class="pill ${tone}">${icon(toneIcons[tone])}${text}</span>`
}

/** A message at the top of a page: what has just happened. */
export function banner(tone: Tone, body: Content): Html {
  return html`<div class="banner ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}">${icon(toneIcons[tone])}<div>${body}</div></div>`
}

/** A value to be carried elsewhere: label, the whole value selectable in mono, and a copy button. */
export function copyField({ label, value }: { label: string; value: string }): Html {
  return html`<div class="copy"><span class="label">${label}</span>
<div class="copy-line" data-copy><code>${value}</code>${copyButton(label)}</div></div>`
}

/** Text of several lines (XML, JSON, PEM), wrapped, with line numbers and a copy button. */
export function codeView({ label, text }: { label: string; text: string }): Html {
  const lines = text.split('\n').map((line, index) => html`${index > 0 && '\n'}<span class="line">${line}</span>`)
  return html`<figure class="code" data-copy><figcaption>${label}${copyButton(label)}</figcaption>
<pre tabindex="0"><code>${lines}</code></pre></figure>`
}

function copyButton(label: string): Html {
  return html`<button class="small" type="button" hidden><span aria-live="polite">Copy</span><span class="hush"> ${label}</span></button>`
}

/** What `field` shows. `name` is also the id; `error` says in words what to change. */
export interface Field {
  name: string
  label: string
  type?: 'text' | 'email' | 'url' | 'search'
  value?: string | undefined
  hint?: string | undefined
  error?: string | undefined
  autocomplete?: string
  required?: boolean
  autofocus?: boolean
}

/** One line of a form: label, input, hint before it, error below it. */
export function field({ name, label, type = 'text', value, hint, error, ...more }: Field): Html {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return html`<div class="field"><label for="${name}">${label}</label>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
<input id="${name}" name="${name}" type="${type}" value="${value ?? ''}"${described !== '' && html` aria-describedby="${described}"`}${
    error && html` aria-invalid="true"`
  }${more.autocomplete && html` autocomplete="${more.autocomplete}"`}${more.required && html` required`}${more.autofocus && html` autofocus`}>
${error && html`<p class="error" id="${name}-error">${icon('cross')}${error}</p>`}</div>`
}

/** Values that a form carries along unseen. */
export function hiddenFields(values: Readonly<Record<string, string>>): Html {
  return html`${Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`
}

/** A choice that is a link: what it is called, and a word that tells it from the others. */
export function choiceLink({ text, note, url }: { text: string; note?: string; url: string }): Html {
  return html`<a class="choice" href="${address(url)}">${choiceText(text, note)}</a>`
}

/** A choice that is a button of the form around it. */
export function choiceButton({
  text,
  note,
  name,
  value,
}: {
  text: string
  note?: string
  name: string
  value: string
}): Html {
  return html`<button class="choice" name="${name}" value="${value}">${choiceText(text, note)}</button>`
}

function choiceText(text: string, note: string | undefined): Html {
  return html`<span><strong>${text}</strong>${note && html`<small>${note}</small>`}</span>${icon('arrow')}`
}

/** A box around something that belongs together. */
export function card(body: Content): Html {
  return html`<section class="card">${body}</section>`
}

/** A moment, exact to the second, in UTC. */
export function moment(at: Date): Html {
  const iso = at.toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`
}
