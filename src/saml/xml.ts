// libxml2-wasm (with xsd.ts its only importer): text → document, and the few ways in which the study reads one. libxml2 lives
// in WebAssembly memory that JavaScript does not collect: a document is closed by whoever opens it, best by `withXml`.

import {
  XmlElement as Node,
  ParseOption,
  XmlC14NMode,
  XmlDocument,
  XmlError,
  XmlLibError,
  type XmlOutputBufferHandler,
  XmlText,
} from 'libxml2-wasm'
import { Problem } from '../problem.ts'

/** An attribute of an element; `namespaceUri` is empty where it has none. */
export interface XmlAttribute {
  readonly name: string
  readonly namespaceUri: string
  readonly value: string
}

/** An element. What is read of it is read from libxml2 once. */
export interface XmlElement {
  readonly name: string
  readonly namespaceUri: string
  readonly node: Node
  attributes: readonly XmlAttribute[] | undefined
  content: Content | undefined
}

interface Content {
  children: XmlElement[]
  texts: XmlText[]
}

// No network, no external entity, no catalog, no DTD loading; entities cannot occur (the lexical gate refuses DOCTYPE).
// CDATA sections become text: canonical XML knows no others.
const { XML_PARSE_NONET, XML_PARSE_NO_XXE, XML_PARSE_NO_SYS_CATALOG, XML_PARSE_NOCDATA } = ParseOption
const strict = XML_PARSE_NONET | XML_PARSE_NO_XXE | XML_PARSE_NO_SYS_CATALOG | XML_PARSE_NOCDATA

/** A parsed document: whoever opens it closes it, and nothing of it may be used after that. */
export interface OpenXml {
  readonly root: XmlElement
  close(): void
}

/** Parses `text`. Throws `xml_malformed`. */
export function openXml(text: string): OpenXml {
  try {
    const document = XmlDocument.fromBuffer(Buffer.from(text), { option: strict, encoding: 'utf-8' })
    return { root: element(document.root), close: () => document.dispose() }
  } catch (cause) {
    if (cause instanceof XmlLibError) throw new Problem('xml_malformed', { detail: cause.message.trim(), cause })
    throw cause
  }
}

/** Whether a text is a document by itself, every prefix in it declared. */
export function isWellFormed(text: string): boolean {
  try {
    return withXml(text, () => true)
  } catch {
    return false
  }
}

/** Parses `text` and hands its root element to `read`; nothing of the document may outlive that call. Throws `xml_malformed`. */
export function withXml<T>(text: string, read: (root: XmlElement) => T): T {
  const { root, close } = openXml(text)
  try {
    return read(root)
  } finally {
    close()
  }
}

/** A canonicalisation that a signature may name: its mode, and the prefixes that are treated inclusively. */
export interface Canonicalization {
  exclusive: boolean
  inclusivePrefixes: readonly string[]
}

/**
 * The canonical form of a whole document, without comments (xml-exc-c14n §3, or xml-c14n §2 where not exclusive). Throws
 * `xml_forbidden` for what has no canonical form: a relative namespace URI (xml-c14n §1.3).
 */
export function canonicalize(root: XmlElement, method: Canonicalization): string {
  const mode = method.exclusive ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 : XmlC14NMode.XML_C14N_1_0
  const inclusiveNamespacePrefixes = [...method.inclusivePrefixes]
  const prefixes = method.exclusive && inclusiveNamespacePrefixes.length > 0 ? { inclusiveNamespacePrefixes } : {}
  try {
    return collect(output => root.node.doc.canonicalize(output, { mode, ...prefixes }))
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause
    throw new Problem('xml_forbidden', { detail: 'The message holds XML that has no canonical form.', cause })
  }
}

/**
 * One element as a document of its own: every namespace in scope is declared on it, so that it means the same wherever it
 * stands, in either canonical form. `xml:` attributes of ancestors are not carried: the SAML schema allows none there.
 */
export function cutOut(element: XmlElement): string {
  const { node } = element
  const seen = new Set(Object.keys(node.nsDeclarations))
  for (let up = node.parent; up; up = up.parent) {
    for (const [prefix, uri] of Object.entries(up.nsDeclarations)) {
      if (seen.has(prefix)) continue
      seen.add(prefix)
      if (uri !== '') node.addNsDeclaration(uri, prefix || undefined)
    }
  }
  return written(element)
}

/** The namespace declarations on an element itself, as pairs of prefix and URI. */
export function declarations({ node }: XmlElement): [prefix: string, uri: string][] {
  return Object.entries(node.nsDeclarations)
}

/** The text of an element as it stands now. */
export function written({ node }: XmlElement): string {
  return collect(output => node.save(output, { format: false }))
}

/** Takes an element out of its document. What was read of its parent before stays as it was read. */
export function remove({ node }: XmlElement): void {
  node.remove()
}

function collect(work: (output: XmlOutputBufferHandler) => void): string {
  const chunks: Buffer[] = []
  work({
    write: chunk => chunks.push(Buffer.from(chunk)) && chunk.byteLength,
    close: () => true,
  })
  return Buffer.concat(chunks).toString()
}

function element(node: Node): XmlElement {
  return { name: node.name, namespaceUri: node.namespaceUri, node, attributes: undefined, content: undefined }
}

function contentOf(parent: XmlElement): Content {
  if (parent.content) return parent.content
  const content: Content = { children: [], texts: [] }
  for (let node = parent.node.firstChild; node; node = node.next) {
    if (node instanceof Node) content.children.push(element(node))
    else if (node instanceof XmlText) content.texts.push(node)
  }
  parent.content = content
  return content
}

/** All attributes of an element but namespace declarations. */
export function attributes(element: XmlElement): readonly XmlAttribute[] {
  element.attributes ??= element.node.attrs.map(({ name, namespaceUri, value }) => ({ name, namespaceUri, value }))
  return element.attributes
}

// A processing instruction would end the walks below: the lexical gate refuses every one.

/** The child elements, in document order. */
export function children(element: XmlElement): readonly XmlElement[] {
  return contentOf(element).children
}

/** Whether an element has this namespace and local name. */
export function isNamed(element: XmlElement, namespace: string, name: string): boolean {
  return element.name === name && element.namespaceUri === namespace
}

/** The child elements of one namespace and local name, in document order. */
export function childrenNamed(element: XmlElement, namespace: string, name: string): XmlElement[] {
  return children(element).filter(child => isNamed(child, namespace, name))
}

/** The first child element of one namespace and local name. */
export function childNamed(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return children(element).find(child => isNamed(child, namespace, name))
}

/** An attribute without a namespace, or undefined where there is none. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return attributes(element).find(one => one.name === name && one.namespaceUri === '')?.value
}

/** The character data directly inside an element; what stands in child elements does not count. */
export function text(element: XmlElement): string {
  return contentOf(element)
    .texts.map(one => one.content)
    .join('')
}

/** Every element of a subtree, its top first, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of children(element)) yield* descendants(child)
}
