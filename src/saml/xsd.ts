// XML schemas in libxml2: compiled once, then run over documents that xml.ts opened.

import { bytesAt, complaintsOf, lend, libxml2, onError, type Pointer, textAt } from './libxml2.ts'
import type { XmlElement } from './xml.ts'

/** Compiles an XML schema from the texts of its files; the answer validates a document and names the first mistake. */
export function compileXsd(texts: Record<string, string>, main: string): (root: XmlElement) => string | undefined {
  serve(new Map(Object.entries(texts).map(([name, content]) => [name, Buffer.from(content)])))
  const { result: schema, complaints } = complaintsOf(() => compile(texts[main] ?? '', main))
  libxml2._xmlCleanupInputCallbacks()
  if (schema === 0) throw new Error(`The schema does not compile: ${complaints.join(' ')}`)
  return root => {
    const context = libxml2._xmlSchemaNewValidCtxt(schema)
    libxml2._xmlSchemaSetValidStructuredErrors(context, onError, 0)
    const { result, complaints } = complaintsOf(() => libxml2._xmlSchemaValidateDoc(context, root.document.pointer))
    libxml2._xmlSchemaFreeValidCtxt(context)
    return result === 0 ? undefined : (complaints[0] ?? 'The validator failed.')
  }
}

function compile(text: string, name: string): Pointer {
  const reader = libxml2._xmlNewParserCtxt()
  const document = lend([text, name], (at = 0, url = 0) =>
    libxml2._xmlCtxtReadMemory(reader, at, Buffer.byteLength(text), url, 0, 0),
  )
  const context = libxml2._xmlSchemaNewDocParserCtxt(document)
  libxml2._xmlSchemaSetParserStructuredErrors(context, onError, 0)
  const schema = libxml2._xmlSchemaParse(context)
  libxml2._xmlSchemaFreeParserCtxt(context)
  libxml2._xmlFreeDoc(document)
  libxml2._xmlFreeParserCtxt(reader)
  return schema
}

// Whatever a schema imports comes from these files and from nowhere else.
function serve(files: ReadonlyMap<string, Buffer>): void {
  const open = new Map<number, Buffer>()
  libxml2._xmlRegisterInputCallbacks(
    libxml2.addFunction((name: Pointer) => (files.has(textAt(name)) ? 1 : 0), 'ii'),
    libxml2.addFunction((name: Pointer) => {
      open.set(open.size + 1, files.get(textAt(name)) ?? Buffer.alloc(0))
      return open.size
    }, 'ii'),
    libxml2.addFunction((handle: number, at: Pointer, length: number) => {
      const rest = open.get(handle) ?? Buffer.alloc(0)
      open.set(handle, rest.subarray(length))
      return rest.copy(bytesAt(at, length))
    }, 'iiii'),
    libxml2.addFunction(() => 0, 'ii'),
  )
}
