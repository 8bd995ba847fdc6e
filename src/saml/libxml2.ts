// A thin binding to libxml2: the functions of libxml2-wasm's module, and its structures read straight from WebAssembly memory
// (docs/decisions/0011). Only xml.ts and xsd.ts import it. It knows pointers and texts, and nothing of SAML.

import load from 'libxml2-wasm/lib/libxml2raw.mjs'

/** An address in WebAssembly memory; 0 is none. */
export type Pointer = number

/** The functions of libxml2. */
export const libxml2 = await load()
libxml2._xmlInitParser()

/** The offsets in bytes of xmlNode and xmlAttr (they begin alike), xmlNs and xmlError on wasm32; held by test/saml/xml.test.ts. */
export const offsets = {
  node: { type: 4, name: 8, children: 12, next: 24, ns: 36, content: 40, properties: 44, nsDef: 48 },
  ns: { next: 0, href: 8, prefix: 12 },
  error: { message: 8, level: 12 },
} as const

/** The types of nodes that a tree without DTD, comments and CDATA holds (xmlElementType). */
export const nodeTypes = { element: 1, text: 3 } as const

let view: Buffer = Buffer.alloc(0)

// The memory moves when it grows.
function memory(): Buffer {
  if (view.buffer !== libxml2.HEAPU8.buffer) view = Buffer.from(libxml2.HEAPU8.buffer)
  return view
}

/** The 32-bit word at an address: a pointer, an enumeration or a length. */
export function word(at: Pointer): number {
  return libxml2.HEAP32[at >> 2] ?? 0
}

/** The UTF-8 text at an address, up to its zero; empty where `at` is none. */
export function textAt(at: Pointer): string {
  return at === 0 ? '' : memory().toString('utf8', at, libxml2.HEAPU8.indexOf(0, at))
}

/** The bytes at an address, as they are until libxml2 is called again. */
export function bytesAt(at: Pointer, length: number): Buffer {
  return memory().subarray(at, at + length)
}

/** Lends texts to libxml2 for one call, as UTF-8 that ends with a zero. */
export function lend<T>(texts: readonly string[], call: (...lent: Pointer[]) => T): T {
  const lent = texts.map(copyIn)
  try {
    return call(...lent)
  } finally {
    for (const at of lent) libxml2._free(at)
  }
}

function copyIn(text: string): Pointer {
  const length = Buffer.byteLength(text)
  const at = libxml2._malloc(length + 1)
  memory().write(text, at)
  libxml2.HEAPU8[at + length] = 0
  return at
}

/** Lends a list of texts: an array of pointers that ends with 0. */
export function lendList<T>(texts: readonly string[], call: (list: Pointer) => T): T {
  return lend(texts, (...lent) => {
    const list = libxml2._malloc(4 * (lent.length + 1))
    libxml2.HEAP32.set([...lent, 0], list >> 2)
    const result = call(list)
    libxml2._free(list)
    return result
  })
}

const warning = 1
let complaints: string[] = []

/** The error handler that libxml2 is given; what it is told goes to `complaintsOf`. */
export const onError: Pointer = libxml2.addFunction((_: Pointer, error: Pointer) => {
  if (word(error + offsets.error.level) > warning) complaints.push(textAt(word(error + offsets.error.message)).trim())
}, 'vii')

/** A piece of libxml2's work: its result, and the errors that it told of. */
export function complaintsOf(work: () => number): { result: number; complaints: readonly string[] } {
  complaints = []
  return { result: work(), complaints }
}

let chunks: Buffer[] = []
const onWrite: Pointer = libxml2.addFunction((_: Pointer, at: Pointer, length: number) => {
  chunks.push(Buffer.from(bytesAt(at, length)))
  return length
}, 'iiii')
const onClose: Pointer = libxml2.addFunction(() => 0, 'ii')

/** The text that libxml2 writes in a piece of work to the output whose two functions that is given. */
export function writtenBy(work: (write: Pointer, close: Pointer) => void): string {
  chunks = []
  work(onWrite, onClose)
  return Buffer.concat(chunks).toString()
}
