// libxml2's tree → plain objects, in one walk over its memory: what the study reads of a document.

import { libxml2, nodeTypes, offsets, type Pointer, textAt, word } from './libxml2.ts'

/** An attribute of an element; `namespaceUri` is empty where it has none. */
export interface XmlAttribute {
  readonly name: string
  readonly namespaceUri: string
  readonly value: string
}

/** An element as it was when its document was parsed; `text` is the character data directly inside. */
export interface XmlElement {
  readonly name: string
  readonly namespaceUri: string
  readonly parent: XmlElement | undefined
  readonly attributes: readonly XmlAttribute[]
  /** The namespaces that it declares itself; an empty URI takes the default namespace away. */
  readonly declarations: readonly (readonly [prefix: string, uri: string])[]
  readonly children: readonly XmlElement[]
  readonly text: string
  readonly document: XmlDocument
  readonly node: Pointer
}

/** libxml2's document, and the nodes that were taken out of it. */
export interface XmlDocument {
  readonly pointer: Pointer
  readonly loose: Set<Pointer>
}

// libxml2 keeps each name once a document, and each namespace once an element that declares it.
type Known = Map<Pointer, string>

/** Reads the whole tree of a document; answers its root. */
export function readTree(document: XmlDocument): XmlElement {
  return readElement(libxml2._xmlDocGetRootElement(document.pointer), undefined, document, new Map())
}

const { node: at, ns: nsAt } = offsets

function readElement(node: Pointer, parent: XmlElement | undefined, document: XmlDocument, known: Known): XmlElement {
  const children: XmlElement[] = []
  const element = {
    name: once(word(node + at.name), known),
    namespaceUri: uriOf(node, known),
    parent,
    attributes: readAttributes(node, known),
    declarations: readDeclarations(node, known),
    children,
    text: '',
    document,
    node,
  }
  for (let child = word(node + at.children); child !== 0; child = word(child + at.next)) {
    const type = word(child + at.type)
    if (type === nodeTypes.text) element.text += textAt(word(child + at.content))
    else if (type === nodeTypes.element) children.push(readElement(child, element, document, known))
  }
  return element
}

const none: readonly never[] = []

function readAttributes(node: Pointer, known: Known): readonly XmlAttribute[] {
  const first = word(node + at.properties)
  if (first === 0) return none
  const attributes: XmlAttribute[] = []
  for (let one = first; one !== 0; one = word(one + at.next)) {
    let value = ''
    for (let part = word(one + at.children); part !== 0; part = word(part + at.next)) {
      value += textAt(word(part + at.content))
    }
    attributes.push({ name: once(word(one + at.name), known), namespaceUri: uriOf(one, known), value })
  }
  return attributes
}

function readDeclarations(node: Pointer, known: Known): readonly (readonly [string, string])[] {
  const first = word(node + at.nsDef)
  if (first === 0) return none
  const declarations: [string, string][] = []
  for (let one = first; one !== 0; one = word(one + nsAt.next)) {
    declarations.push([once(word(one + nsAt.prefix), known), once(word(one + nsAt.href), known)])
  }
  return declarations
}

function uriOf(node: Pointer, known: Known): string {
  const namespace = word(node + at.ns)
  return namespace === 0 ? '' : once(word(namespace + nsAt.href), known)
}

function once(pointer: Pointer, known: Known): string {
  const found = known.get(pointer)
  if (found !== undefined) return found
  const text = textAt(pointer)
  known.set(pointer, text)
  return text
}
