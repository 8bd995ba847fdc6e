// What a pasted text is, whatever field it was pasted into. Only its form is looked at; nothing here is trusted.

import { createPrivateKey } from 'node:crypto'
import { decodeBase64 } from '../saml/base64.ts'

/** What a text can be. */
export type Kind =
  | 'empty'
  | 'private_key'
  | 'key_store'
  | 'idp_metadata'
  | 'sp_metadata'
  | 'message'
  | 'web_page'
  | 'json'
  | 'other_xml'
  | 'fingerprint'
  | 'certificate_request'
  | 'public_key'
  | 'certificate'
  | 'url'
  | 'text'

const pem = (label: string) => new RegExp(`-----BEGIN ${label}-----`)

const forms: readonly (readonly [Kind, RegExp])[] = [
  ['private_key', /PRIVATE KEY|PuTTY-User-Key-File/i],
  ['web_page', /^<(!doctype html|html[\s>])/i],
  ['idp_metadata', /<([\w.-]+:)?IDPSSODescriptor[\s>]/],
  ['sp_metadata', /<([\w.-]+:)?SPSSODescriptor[\s>]/],
  ['message', /<([\w.-]+:)?(Response|Assertion|AuthnRequest|LogoutRequest|LogoutResponse)[\s>]/],
  ['other_xml', /^<[A-Za-z!?]/],
  ['json', /^[{[]/],
  ['certificate_request', pem('(NEW )?CERTIFICATE REQUEST')],
  ['public_key', pem('(RSA )?PUBLIC KEY')],
  ['certificate', pem('(X509 )?CERTIFICATE')],
  ['url', /^[a-z][a-z0-9+.-]*:\/\/\S+$/i],
  [
    'fingerprint',
    /^((sha-?(1|256)( fingerprint)?|thumbprint)\s*[:=]?\s*)?([0-9a-f]{2}[\s:.-]?){19}(([0-9a-f]{2}[\s:.-]?){12})?[0-9a-f]{2}$/i,
  ],
]

/** The kind of a text. */
export function kindOf(text: string): Kind {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') return 'empty'
  return forms.find(([, form]) => form.test(trimmed))?.[0] ?? kindOfBytes(trimmed)
}

// Without its armour: bare base64, as some consoles show a certificate, and as some people copy the wrong file.
function kindOfBytes(text: string): Kind {
  const bytes = decodeBase64(text)
  if (!bytes || bytes.length < 64) return 'text'
  // PFX begins with a SEQUENCE and INTEGER 3 (RFC 7292 §4).
  if (bytes[0] === 0x30 && bytes.subarray(2, 8).includes(Buffer.from([0x02, 0x01, 0x03]))) return 'key_store'
  if (isPrivateKey(bytes)) return 'private_key'
  const inner = bytes.toString('latin1').trim()
  if (inner.startsWith('<')) return forms.find(([, form]) => form.test(inner))?.[0] ?? 'text'
  return bytes[0] === 0x30 ? 'certificate' : 'text'
}

function isPrivateKey(der: Buffer): boolean {
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some(type => {
    try {
      createPrivateKey({ key: der, format: 'der', type })
      return true
    } catch {
      return false
    }
  })
}

/** Whether a text must not be shown, kept or written anywhere. */
export function isSecret(kind: Kind): boolean {
  return kind === 'private_key' || kind === 'key_store'
}
