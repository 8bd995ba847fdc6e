// The drawings: small inline SVGs that take their colour from the text around them (the hallmark's gold comes from the
// stylesheet). They are decoration: a word always stands beside them, so screen readers pass over them.

import { type Html, html } from './html.ts'

/** The mark of the house: an A whose crossbar is a balance, in the cut-cornered frame of a hallmark. */
export function hallmark(): Html {
  return html`<svg class="hallmark" viewBox="0 0 32 32" width="36" height="36" aria-hidden="true" focusable="false"><path d="M9.8 1.5h12.4l8.3 8.3v12.4l-8.3 8.3H9.8l-8.3-8.3V9.8z"/><path d="M10 25 16 6.5 22 25M6.5 14.5h19M4.5 18.5h4l-2-4zM23.5 18.5h4l-2-4z"/></svg>`
}

const shapes = {
  check: 'M3.5 8.5l3 3 6-7',
  cross: 'M4.5 4.5l7 7m0-7-7 7',
  dash: 'M4 8h8',
  warning: 'M8 3v6m0 3.5v.01',
  info: 'M8 7v5.5M8 3.5v.01',
  arrow: 'M3 8h9.5M8.5 4l4 4-4 4',
} as const

/** The name of a small drawing. */
export type IconName = keyof typeof shapes

/** A 16-pixel line drawing in the colour of the text. */
export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d="${shapes[name]}"/></svg>`
}
