// Moments as people say them; the exact one stands in the title.

import { type Html, html } from './html.ts'

const steps = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [86_400 * 60, 86_400, 'day'],
  [86_400 * 700, 86_400 * 30, 'month'],
  [Number.POSITIVE_INFINITY, 86_400 * 365, 'year'],
] as const

/** How far a moment is from now, in words: "3 minutes ago", "in 2 days", "just now". */
export function relative(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000)
  const far = Math.abs(seconds)
  if (far < 10) return 'just now'
  const [, size, name] = steps.find(([limit]) => far < limit) ?? steps[5]
  const count = Math.max(1, seconds < 0 ? Math.floor(far / size) : Math.round(far / size))
  const words = `${count} ${name}${count === 1 ? '' : 's'}`
  return seconds < 0 ? `${words} ago` : `in ${words}`
}

/** The same, with the exact moment in UTC in its title. */
export function when(at: Date, now: Date): Html {
  const iso = at.toISOString()
  return html`<time datetime="${iso}" title="${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC">${relative(at, now)}</time>`
}

/** A day, such as 2027-01-31. */
export function dayOf(at: Date): Html {
  const iso = at.toISOString()
  return html`<time datetime="${iso}" title="${iso.slice(11, 19)} UTC">${iso.slice(0, 10)}</time>`
}
