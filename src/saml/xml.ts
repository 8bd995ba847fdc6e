// The one importer of libxml2-wasm: text → document, and the few ways in which the study reads one. libxml2 lives in WebAssembly
// memory that JavaScript does not collect: a document is closed by whoever opens it, best by `withXml`.

import {
  ParseOption,
  XmlBufferInputProvider,
  XmlC14NMode,
  XmlDocument,
  XmlElement,
  XmlError,
  XmlLibError,
  XmlText,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'
import { Problem } from '../problem.ts'

export type { XmlElement }

// No network, no external entity, no catalog, no DTD loading; entities cannot occur (the lexical gate refuses DOCTYPE).
// CDATA sections become text: canonical XML knows no others.
const strict =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_NOCDATA

/** A parsed document: whoever opens it closes it, and nothing of it may be used after that. */
export interface OpenXml {
  readonly root: XmlElement
  close(): void
}

/** Parses `text`. Throws `xml_malformed`. */
export function openXml(text: string): OpenXml {
  try {
    const document = XmlDocument.fromString(text, { option: strict })
    return { root: document.root, close: () => document.dispose() }
  } catch (cause) {
    if (cause instanceof XmlLibError) throw new Problem('xml_malformed', { detail: cause.message.trim(), cause })
    throw cause
  }
}

/** Whether a text is a document by itself, every prefix in it declared. */
export function isWellFormed(text: string): boolean {
  try {
    openXml(text).close()
    return true
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
    return root.doc.canonicalizeToString({ mode, ...prefixes })
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
  const seen = new Set(Object.keys(element.nsDeclarations))
  for (let up = element.parent; up; up = up.parent) {
    for (const [prefix, uri] of Object.entries(up.nsDeclarations)) {
      if (seen.has(prefix)) continue
      seen.add(prefix)
      if (uri !== '') element.addNsDeclaration(uri, prefix || undefined)
    }
  }
  return element.toString({ format: false })
}

// A processing instruction would end the walks below: the lexical gate refuses every one.

/** The child elements, in document order. */
export function children(element: XmlElement): XmlElement[] {
  const found: XmlElement[] = []
  for (let node = element.firstChild; node; node = node.next) if (node instanceof XmlElement) found.push(node)
  return found
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
  return childrenNamed(element, namespace, name)[0]
}

/** An attribute without a namespace, or undefined where there is none. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attr(name)?.value
}

/** The character data directly inside an element; what stands in child elements does not count. */
export function text(element: XmlElement): string {
  let content = ''
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlText) content += node.content
  }
  return content
}

/** Every element of a subtree, its top first, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of children(element)) yield* descendants(child)
}

/** Compiles an XML schema from the texts of its files; the answer validates a document and names the first mistake. */
export function compileXsd(texts: Record<string, string>, main: string): (root: XmlElement) => string | undefined {
  const encoder = new TextEncoder()
  const files = Object.fromEntries(Object.entries(texts).map(([name, content]) => [name, encoder.encode(content)]))
  xmlRegisterInputProvider(new XmlBufferInputProvider(files))
  const document = XmlDocument.fromString(texts[main] ?? '', { url: main })
  try {
    const validator = XsdValidator.fromDoc(document)
    return root => firstMistake(validator, root)
  } finally {
    document.dispose()
    xmlCleanupInputProvider()
  }
}

function firstMistake(validator: XsdValidator, root: XmlElement): string | undefined {
  try {
    validator.validate(root.doc)
    return undefined
  } catch (cause) {
    if (cause instanceof XmlLibError) return cause.details[0]?.message.trim() ?? cause.message
    throw cause
  }
}
