// The frame of the set-up pages: the steps on one side (dots above on a phone), the work on the other; and the pieces that only
// they need.

import { marked } from './check-list.ts'
import { page } from './frame.ts'
import { address, type Content, type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { moment } from './pieces.ts'

/** The steps in their order: path under /setup → what it is called. */
export const setupSteps = {
  provider: 'Your identity provider',
  values: 'Our values',
  theirs: 'Your values',
  people: 'People and roles',
  test: 'Test sign-in',
  on: 'Switch on',
} as const

/** A step of the set-up. */
export type SetupStep = keyof typeof setupSteps

/** What every set-up page knows: whose it is, how far it is, the token of its forms. */
export interface SetupView {
  tenant: string
  done: readonly SetupStep[]
  formToken: string
  until: Date
}

/** A set-up page. */
export function setupPage(view: SetupView, step: SetupStep, title: string, body: Content): Html {
  const main = html`<div class="setup">
<nav aria-label="Steps">${stepper(view, step)}
<p class="aside">You set up sign-in for <strong>${view.tenant}</strong>. What you enter is kept until ${moment(view.until)}; nothing changes for anybody before the last step.</p></nav>
<div class="stage"><p class="eyebrow">Step ${Object.keys(setupSteps).indexOf(step) + 1} of ${Object.keys(setupSteps).length}</p>
<h1>${title}</h1>
${body}</div>
</div>`
  return page({ title, main, wide: true, admin: true })
}

function stepper({ done }: SetupView, current: SetupStep): Html {
  const steps = Object.entries(setupSteps).map(([name, text], at) => {
    const isDone = done.some(one => one === name)
    const state = name === current ? 'now' : isDone ? 'done' : 'ahead'
    const mark = isDone && state !== 'now' ? icon('check') : html`${at + 1}`
    const words = html`<span class="dot" aria-hidden="true">${mark}</span><span class="word">${text}<span class="hush">${isDone && ', done'}</span></span>`
    return html`<li class="${state}"><a href="/setup/${name}"${state === 'now' && html` aria-current="step"`}>${words}</a></li>`
  })
  return html`<ol class="stepper">${steps}</ol>`
}

/** A form that posts to a step, with the token that only this browser knows. */
export function setupForm({ formToken }: SetupView, step: SetupStep, body: Content, files = false): Html {
  return html`<form method="post" action="/setup/${step}"${files && html` enctype="multipart/form-data"`}>
<input type="hidden" name="form_token" value="${formToken}">
${body}</form>`
}

/** What an area of text shows; as `Field`. */
export interface Area {
  name: string
  label: string
  value?: string | undefined
  hint?: string | undefined
  error?: string | undefined
  rows?: number
  placeholder?: string
}

/** Several lines of a form, in mono. */
export function area({ name, label, value, hint, error, rows = 6, placeholder }: Area): Html {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return html`<div class="field"><label for="${name}">${label}</label>
${hint && html`<p class="hint" id="${name}-hint">${marked(hint)}</p>`}
<textarea id="${name}" name="${name}" rows="${rows}" spellcheck="false" autocomplete="off"${placeholder && html` placeholder="${placeholder}"`}${described !== '' && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}>
${value}</textarea>
${error && fieldError(name, error)}</div>`
}

/** One line of a form, as `field` of the pieces, with a hint in which the console's terms are marked. */
export function line({ name, label, value, hint, error, placeholder }: Area): Html {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return html`<div class="field"><label for="${name}">${label}</label>
${hint && html`<p class="hint" id="${name}-hint">${marked(hint)}</p>`}
<input id="${name}" name="${name}" value="${value}" spellcheck="false" autocomplete="off"${placeholder && html` placeholder="${placeholder}"`}${described !== '' && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}>
${error && fieldError(name, error)}</div>`
}

function fieldError(name: string, error: string): Html {
  return html`<p class="error" id="${name}-error">${icon('cross')}<span>${marked(error)}</span></p>`
}

/** A place to drop a file on, or to choose it. */
export function drop({ name, label, accept }: { name: string; label: string; accept: string }): Html {
  return html`<div class="drop"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="file" accept="${accept}"></div>`
}

/** The way on: the one main button, and the way back. */
export function onward(text: string, back?: SetupStep): Html {
  return html`<p class="actions"><button class="button">${text}</button>${back && html`<a href="/setup/${back}">Back</a>`}</p>`
}

/** The way on where nothing is to be sent. */
export function nextLink(step: SetupStep, text = 'Continue', back?: SetupStep): Html {
  return html`<p class="actions"><a class="button" href="${address(`/setup/${step}`)}">${text}</a>${back && html`<a href="/setup/${back}">Back</a>`}</p>`
}
