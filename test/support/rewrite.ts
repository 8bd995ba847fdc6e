// Changes to a message's text before it is signed (`editAssertion`, `editResponse` of Parts), one function each. Every one must
// hit exactly once: a change that misses would leave a test that cannot fail.

import { attr } from './idp.ts'

/** A change of XML text. */
export type Change = (xml: string) => string

/** Replaces the one place where `from` stands. */
export const change =
  (from: string | RegExp, to: string): Change =>
  xml => {
    const every = typeof from === 'string' ? from : new RegExp(from, 'gs')
    const times = typeof every === 'string' ? xml.split(every).length - 1 : [...xml.matchAll(every)].length
    if (times !== 1) throw new Error(`${from} occurs ${times} times`)
    return xml.replace(every, () => to)
  }

/** Sets attributes of the one element of a qualified name (null takes one away), sorted as canonical XML wants them. */
export const set =
  (element: string, values: Record<string, string | null>): Change =>
  xml => {
    const [tag = ''] = xml.match(new RegExp(`<${element}( [^>]*)?>`)) ?? []
    const before = [...tag.matchAll(/ ([^\s=]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value] as const)
    const after = Object.entries(values).map(([name, value]) => [name, value && attr(value)] as const)
    const all = [...new Map<string, string | null>([...before, ...after])]
    const kept = all.filter(([, value]) => value !== null).sort(canonically)
    return change(tag, `<${element}${kept.map(([name, value]) => ` ${name}="${value}"`).join('')}>`)(xml)
  }

/** Puts text right before the one place where `mark` stands. */
export const insert = (text: string, mark: string): Change => change(mark, text + mark)

/** Takes out the one element of a qualified name, with all that stands in it. */
export const drop = (element: string): Change => change(new RegExp(`<${element}[ >].*?</${element}>`), '')

/** One change after another. */
export const changes =
  (...all: Change[]): Change =>
  xml =>
    all.reduce((text, one) => one(text), xml)

// Namespace declarations first, then names; enough for attributes that have no namespace.
function canonically([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  const rank = (name: string) => (name.startsWith('xmlns') ? `0${name}` : `1${name}`)
  return rank(a) < rank(b) ? -1 : 1
}
