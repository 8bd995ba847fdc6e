import { Problem } from '../problem.ts'
import { decodeBase64 } from '../saml/base64.ts'

const most = 256 * 1024

/** The text of a posted SAMLResponse: strict base64 (white space aside) of valid UTF-8; throws `response_encoding`, `xml_limits`. */
export function decodeMessage(samlResponse: string): string {
  const bytes = decodeBase64(samlResponse)
  if (!bytes) throw new Problem('response_encoding', { detail: 'SAMLResponse is not base64.' })
  if (bytes.length > most)
    throw new Problem('xml_limits', { detail: `It has ${bytes.length} bytes; at most ${most} are read.` })
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new Problem('response_encoding', { detail: 'SAMLResponse is not UTF-8.', cause })
  }
}
