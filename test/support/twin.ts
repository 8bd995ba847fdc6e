// An XML message described once and written twice: as its vendor sends it (prefixes, order, where namespaces are declared), and as
// exclusive canonical XML digests it (xml-exc-c14n §3). Made for the messages of tests; shares nothing with what is tested.

import { attr, chars } from './idp.ts'

/** An element: attributes and namespace declarations in the order in which they are sent. */
export interface Node {
  name: string
  attributes: readonly (readonly [name: string, value: string])[]
  content: readonly Part[]
}

/** What stands in an element: an element, text, or something that is given in both forms. */
export type Part = Node | string | Twin

/** A piece of a message in both forms; the canonical one must hold wherever it stands. */
export interface Twin {
  sent: string
  canonical: string
}

type Scope = ReadonlyMap<string, string>

/** An element; attributes whose value is null are left out. */
export function node(
  name: string,
  attributes: readonly (readonly [string, string | null])[],
  ...content: readonly (Part | null)[]
): Node {
  const given = attributes.filter((one): one is readonly [string, string] => one[1] !== null)
  return { name, attributes: given, content: content.filter(one => one !== null) }
}

/** As sent, with start and end tags everywhere; `closeEmpty` makes the vendor's form of it. */
export function sent(part: Part): string {
  if (typeof part === 'string') return chars(part)
  if ('sent' in part) return part.sent
  const attributes = part.attributes.map(([name, value]) => ` ${name}="${attr(value)}"`)
  return `<${part.name}${attributes.join('')}>${part.content.map(sent).join('')}</${part.name}>`
}

/** Empty elements in one tag, with or without a blank before the slash. */
export function closeEmpty(xml: string, slash: '/>' | ' />'): string {
  return xml.replace(/<([^\s<>/]+)([^<>]*)><\/\1>/g, (_, name, attributes) => `<${name}${attributes}${slash}`)
}

/** The namespaces that an element declares, by prefix ('' for the default one). */
export function declared({ attributes }: Node): Map<string, string> {
  const found = attributes.filter(([name]) => isDeclaration(name))
  return new Map(found.map(([name, value]) => [name.slice('xmlns:'.length), value]))
}

/** The canonical form of an element by itself; `scope` is what its ancestors declare, `inclusive` a PrefixList. */
export function canonical(top: Node, scope: Scope = new Map(), inclusive: readonly string[] = []): string {
  return write(top, scope, new Map(), inclusive)
}

function write(part: Part, outer: Scope, rendered: Scope, inclusive: readonly string[]): string {
  if (typeof part === 'string') return chars(part)
  if ('sent' in part) return part.canonical
  const scope = new Map([...outer, ...declared(part)])
  const plain = part.attributes.filter(([name]) => !isDeclaration(name))
  const used = [
    prefixOf(part.name),
    ...plain.map(([name]) => prefixOf(name)).filter(prefix => prefix !== ''),
    ...inclusive.filter(prefix => scope.has(prefix)),
  ]
  const fresh = [...new Set(used)].filter(prefix => scope.get(prefix) !== rendered.get(prefix)).sort()
  const now = new Map([...rendered, ...fresh.map((prefix): [string, string] => [prefix, scope.get(prefix) ?? ''])])
  const namespaces = fresh.map(prefix => ` xmlns${prefix && ':'}${prefix}="${attr(scope.get(prefix) ?? '')}"`)
  const attributes = plain.toSorted(canonically(scope)).map(([name, value]) => ` ${name}="${attr(value)}"`)
  const content = part.content.map(one => write(one, scope, now, inclusive))
  return `<${part.name}${namespaces.join('')}${attributes.join('')}>${content.join('')}</${part.name}>`
}

// Attributes without a namespace come first; an unprefixed one is in none.
function canonically(scope: Scope) {
  const key = (name: string) => (name.includes(':') ? (scope.get(prefixOf(name)) ?? '') : '')
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  return ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
    compare(key(a), key(b)) || compare(local(a), local(b))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function prefixOf(name: string): string {
  return name.includes(':') ? name.slice(0, name.indexOf(':')) : ''
}

function isDeclaration(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:')
}
