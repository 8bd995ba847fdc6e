// Text → document, and the few ways in which the study reads one. All of it is read once, when the text is parsed. libxml2's own
// tree lives in WebAssembly memory that JavaScript does not collect: whoever opens a document closes it, best by `withXml`.

import { Problem } from '../problem.ts'
import { complaintsOf, lend, lendList, libxml2, onError, type Pointer, writtenBy } from './libxml2.ts'
import { readTree, type XmlAttribute, type XmlElement } from './xml-tree.ts'

export type { XmlAttribute, XmlElement }

/** A parsed document: whoever opens it closes it, and nothing may be written of it after that. */
export interface OpenXml {
  readonly root: XmlElement
  close(): void
}

// XML_PARSE_NONET, NO_XXE, NO_SYS_CATALOG, NOCDATA (parser.h): no network, no external entity, no catalog, no DTD loading; entities
// cannot occur (the lexical gate refuses DOCTYPE). CDATA sections become text: canonical XML knows no others.
const strict = 0x800 | 0x800000 | 0x2000000 | 0x4000

/** Parses `text`. Throws `xml_malformed`. */
export function openXml(text: string): OpenXml {
  const context = libxml2._xmlNewParserCtxt()
  libxml2._xmlCtxtSetErrorHandler(context, onError, 0)
  const { result: pointer, complaints } = complaintsOf(() =>
    lend([text, 'utf-8'], (at = 0, encoding = 0) =>
      libxml2._xmlCtxtReadMemory(context, at, Buffer.byteLength(text), 0, encoding, strict),
    ),
  )
  libxml2._xmlFreeParserCtxt(context)
  const document = { pointer, loose: new Set<Pointer>() }
  const close = () => {
    for (const node of document.loose) libxml2._xmlFreeNode(node)
    libxml2._xmlFreeDoc(pointer)
  }
  if (pointer !== 0 && complaints.length === 0) return { root: readTree(document), close }
  close()
  throw new Problem('xml_malformed', { detail: complaints.join(' ') })
}

/** Parses `text` and hands its root element to `read`; nothing may be written of the document after that. Throws `xml_malformed`. */
export function withXml<T>(text: string, read: (root: XmlElement) => T): T {
  const { root, close } = openXml(text)
  try {
    return read(root)
  } finally {
    close()
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

/** A canonicalisation that a signature may name: its mode, and the prefixes that are treated inclusively. */
export interface Canonicalization {
  exclusive: boolean
  inclusivePrefixes: readonly string[]
}

/**
 * The canonical form of an element that stands alone, without comments (xml-exc-c14n §3, or xml-c14n §2 where not exclusive), as it
 * is now. It becomes the root of its document, and every namespace in scope is declared on it, so that it means the same there in
 * either form; `xml:` attributes of ancestors are not carried: the SAML schema allows none. Throws `xml_forbidden` for what has no
 * canonical form: a relative namespace URI (xml-c14n §1.3).
 */
export function canonicalize(element: XmlElement, { exclusive, inclusivePrefixes }: Canonicalization): string {
  const { document, node } = element
  declareScope(element)
  document.loose.delete(node)
  const before = libxml2._xmlDocGetRootElement(document.pointer)
  if (before !== node) {
    libxml2._xmlDocSetRootElement(document.pointer, node)
    document.loose.add(before)
  }
  let result = -1
  const text = writtenBy((write, close) => {
    const output = libxml2._xmlOutputBufferCreateIO(write, close, 0, 0)
    const run = (prefixes: Pointer) =>
      libxml2._xmlC14NExecute(document.pointer, 0, 0, exclusive ? 1 : 0, prefixes, 0, output)
    result = exclusive && inclusivePrefixes.length > 0 ? lendList(inclusivePrefixes, run) : run(0)
    libxml2._xmlOutputBufferClose(output)
  })
  if (result < 0) throw new Problem('xml_forbidden', { detail: 'The message holds XML that has no canonical form.' })
  return text
}

/** The text of one element as it is now, as a document of its own: every namespace in scope is declared on it. */
export function cutOut(element: XmlElement): string {
  declareScope(element)
  return writtenBy((write, close) =>
    lend(['utf-8'], (encoding = 0) => {
      const output = libxml2._xmlSaveToIO(write, close, 0, encoding, 0)
      libxml2._xmlSaveTree(output, element.node)
      libxml2._xmlSaveClose(output)
    }),
  )
}

/** Takes an element out of its document. What was read of its parent stays as it was read. */
export function remove({ document, node }: XmlElement): void {
  libxml2._xmlUnlinkNode(node)
  document.loose.add(node)
}

/** The namespaces in scope at an element, prefix → URI; the default namespace has the empty prefix. */
export function scope(element: XmlElement): Map<string, string> {
  const found = new Map<string, string>()
  for (let at: XmlElement | undefined = element; at; at = at.parent) {
    for (const [prefix, uri] of at.declarations) if (!found.has(prefix)) found.set(prefix, uri)
  }
  for (const [prefix, uri] of found) if (uri === '') found.delete(prefix)
  return found
}

function declareScope(element: XmlElement): void {
  for (const [prefix, uri] of scope(element)) {
    if (element.declarations.some(([own]) => own === prefix)) continue
    lend([uri, prefix], (href = 0, name = 0) => libxml2._xmlNewNs(element.node, href, prefix === '' ? 0 : name))
  }
}

/** All attributes of an element but namespace declarations. */
export function attributes(element: XmlElement): readonly XmlAttribute[] {
  return element.attributes
}

/** The child elements, in document order. */
export function children(element: XmlElement): readonly XmlElement[] {
  return element.children
}

/** Whether an element has this namespace and local name. */
export function isNamed(element: XmlElement, namespace: string, name: string): boolean {
  return element.name === name && element.namespaceUri === namespace
}

/** The child elements of one namespace and local name, in document order. */
export function childrenNamed(element: XmlElement, namespace: string, name: string): XmlElement[] {
  return element.children.filter(child => isNamed(child, namespace, name))
}

/** The first child element of one namespace and local name. */
export function childNamed(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return element.children.find(child => isNamed(child, namespace, name))
}

/** An attribute without a namespace, or undefined where there is none. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find(one => one.name === name && one.namespaceUri === '')?.value
}

/** The character data directly inside an element; what stands in child elements does not count. */
export function text(element: XmlElement): string {
  return element.text
}

/** Every element of a subtree, its top first, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* descendants(child)
}
