// XML schemas in libxml2-wasm: compiled once, then run over documents that xml.ts opened.

import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlLibError,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'
import type { XmlElement } from './xml.ts'

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
    validator.validate(root.node.doc)
    return undefined
  } catch (cause) {
    if (cause instanceof XmlLibError) return cause.details[0]?.message.trim() ?? cause.message
    throw cause
  }
}
