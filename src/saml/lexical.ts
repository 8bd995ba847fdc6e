// The gate before any parser: one pass over the text, linear in its length, that refuses what no SAML message needs and what
// XML libraries read differently. What passes is still only text; `xml.ts` decides whether it is XML at all.

import { Problem } from '../problem.ts'

/** The caps of one message. Canonicalisation is quadratic in some libraries; these are far above what any IdP sends. */
export const limits = {
  elements: 5000,
  attributes: 64,
  allAttributes: 10_000,
  depth: 32,
  Signature: 2,
  Transform: 4,
  EncryptedKey: 4,
  Reference: 2,
} as const

/** The caps of a metadata document. Nothing of it is canonicalised, so that what is quadratic elsewhere is not here. */
export const metadataLimits: Limits = {
  elements: 20_000,
  attributes: 64,
  allAttributes: 60_000,
  depth: 32,
  Signature: 1000,
  Transform: 2000,
  EncryptedKey: 1000,
  Reference: 1000,
}

type Limits = Readonly<Record<keyof typeof limits, number>>
type Counted = 'Signature' | 'Transform' | 'EncryptedKey' | 'Reference'

// xml §2.8: version, then encoding, then standalone, each at most once.
const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][\w.-]*)["'])?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*["'](?:yes|no)["'])?[ \t\r\n]*\?>/
// The characters that XML 1.0 §2.2 forbids, lone surrogates among them.
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const tag = /<(\/?)([^\s/>"'<=]+)(?=[\s/>])((?:[^"'<>]|"[^"<]*"|'[^'<]*')*)>/y
const attribute = /=\s*(?:"[^"]*"|'[^']*')/g

/**
 * Passes text that holds no DOCTYPE, comment, processing instruction or illegal character and stays within its caps; a byte
 * order mark and a leading XML 1.0 declaration are taken off. Throws `xml_forbidden`, `xml_limits` or `xml_malformed`.
 */
export function lexicalGate(message: string, caps: Limits = limits): string {
  const marked = message.startsWith('\ufeff') ? message.slice(1) : message
  const encoding = declaration.exec(marked)?.[1]
  if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding)) throw forbidden('an encoding other than UTF-8')
  const text = marked.replace(declaration, '')
  if (text.startsWith('\ufeff')) throw forbidden('a second byte order mark')
  if (!text.isWellFormed() || illegal.test(text)) throw forbidden('a character that XML 1.0 does not allow')
  scan(text, caps)
  return text
}

function scan(text: string, caps: Limits): void {
  const counts = { Signature: 0, Transform: 0, EncryptedKey: 0, Reference: 0 }
  let elements = 0
  let attributes = 0
  let depth = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    if (text.startsWith('<![CDATA[', at)) {
      at = afterCdata(text, at)
      continue
    }
    const found = tagAt(text, at, caps)
    attributes += found.attributes
    at = tag.lastIndex
    if (found.closing) {
      depth -= 1
      continue
    }
    elements += 1
    if (elements > caps.elements) throw tooMuch('elements', caps.elements)
    if (!found.empty) depth += 1
    if (depth > caps.depth) throw tooMuch('levels of nesting', caps.depth)
    if (found.attributes > caps.attributes) throw tooMuch('attributes on one element', caps.attributes)
    if (attributes > caps.allAttributes) throw tooMuch('attributes', caps.allAttributes)
    count(counts, found.name, caps)
  }
}

function count(counts: Record<Counted, number>, name: string, caps: Limits): void {
  const local = name.slice(name.indexOf(':') + 1)
  if (!Object.hasOwn(counts, local)) return
  const counted = local as Counted
  counts[counted] += 1
  if (counts[counted] > caps[counted]) throw tooMuch(`${counted} elements`, caps[counted])
}

function tagAt(text: string, at: number, caps: Limits) {
  if (text.startsWith('<!', at))
    throw forbidden(text.startsWith('<!--', at) ? 'a comment' : 'a DOCTYPE or another declaration')
  if (text.startsWith('<?', at)) throw forbidden('a processing instruction')
  tag.lastIndex = at
  const [whole, slash, name = '', rest = ''] = tag.exec(text) ?? []
  if (whole === undefined) throw new Problem('xml_malformed', { detail: `The tag at character ${at} does not end.` })
  return { closing: slash === '/', empty: rest.endsWith('/'), name, attributes: countAttributes(rest, text, caps) }
}

// No attribute takes fewer than five characters, so most texts and tags are too short to hold too many.
function countAttributes(rest: string, text: string, caps: Limits): number {
  const few = rest.length < 5 * caps.attributes && text.length < 5 * caps.allAttributes
  return few ? 0 : (rest.match(attribute)?.length ?? 0)
}

function afterCdata(text: string, at: number): number {
  const end = text.indexOf(']]>', at)
  if (end === -1) throw new Problem('xml_malformed', { detail: 'A CDATA section does not end.' })
  return end + 3
}

function forbidden(what: string): Problem {
  return new Problem('xml_forbidden', { detail: `The message holds ${what}.` })
}

function tooMuch(what: string, most: number): Problem {
  return new Problem('xml_limits', { detail: `The message holds more than ${most} ${what}.` })
}
