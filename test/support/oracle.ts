// Spoilt ciphertexts: what somebody can make who holds one encrypted assertion and our public key.

import { type KeyObject, X509Certificate } from 'node:crypto'
import { type Encryption, encryptAssertion, usual } from './encryption.ts'
import { assertionXml, type Parts, responseXml, type TestIdp, testIdp } from './idp.ts'
import { changeCipher, flip, swap } from './tamper.ts'

/** One spoilt response: what was done to it, what kind of damage that is, and the codes of which it has one. */
export interface Spoilt {
  name: string
  kind: string
  codes: readonly string[]
  xml: string
}

const cbc: Encryption = { ...usual, data: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' }

/** The public key for which a service provider's metadata asks to encrypt. */
export function encryptionKeyOf(metadata: string): KeyObject {
  const certificate = /use="encryption".*?<ds:X509Certificate>([^<]*)/s.exec(metadata)?.[1] ?? ''
  return new X509Certificate(Buffer.from(certificate, 'base64')).publicKey
}

/** A good response to a login, and every spoilt form of it. */
export function spoiltCiphertexts(idp: TestIdp, p: Parts, ours: KeyObject): { good: string; bad: Spoilt[] } {
  const good = encryptAssertion(assertionXml(idp, p), ours)
  const bad = (kind: string, codes: readonly string[], messages: Record<string, string>): Spoilt[] =>
    Object.entries(messages).map(([name, xml]) => ({ name, kind, codes, xml: responseXml(idp, p, xml) }))
  const failed = ['decryption_failed']
  return {
    good: responseXml(idp, p, good),
    bad: [
      ...bad('tag', failed, tags(good)),
      ...bad('key', failed, keys(good, assertionXml(idp, p), ours)),
      ...bad('padding', failed, paddings(padded(assertionXml(idp, p)), ours)),
      ...bad('content', [...failed, 'xml_malformed', 'xml_forbidden', 'response_layout'], contents(idp, p, ours)),
      ...bad('signature', ['signature_missing', 'signature_unknown_key', 'signature_digest', 'signature_algorithm'], {
        ...signatures(idp, p, ours),
      }),
    ],
  }
}

function tags(good: string): Record<string, string> {
  const data = (change: (bytes: Buffer) => Buffer) => changeCipher(good, 'data', change)
  return {
    'flipped vector': data(bytes => flip(bytes, 0)),
    'flipped first byte': data(bytes => flip(bytes, 12)),
    'flipped last byte': data(bytes => flip(bytes, -17)),
    'flipped tag': data(bytes => flip(bytes, -1)),
    'tag of four bytes': data(bytes => bytes.subarray(0, -12)),
    'tag of twelve bytes': data(bytes => bytes.subarray(0, -4)),
    'no tag': data(bytes => bytes.subarray(0, -16)),
    'almost nothing': data(bytes => bytes.subarray(0, 5)),
  }
}

function keys(good: string, plain: string, ours: KeyObject): Record<string, string> {
  const key = (change: (bytes: Buffer) => Buffer) => changeCipher(good, 'key', change)
  const short = 'http://www.w3.org/2009/xmlenc11#aes128-gcm'
  return {
    'flipped first byte of the key': key(bytes => flip(bytes, 0)),
    'flipped last byte of the key': key(bytes => flip(bytes, -1)),
    'a key of zeros': key(bytes => Buffer.alloc(bytes.length)),
    'a short encrypted key': key(bytes => bytes.subarray(1)),
    'a long encrypted key': key(bytes => Buffer.concat([Buffer.of(0), bytes])),
    'another recipient': encryptAssertion(plain, testIdp().publicKey),
    'a label': swap(good, `${usual.transport}">`, `${usual.transport}"><xenc:OAEPparams>AAAA</xenc:OAEPparams>`),
    'a key too short for the cipher': swap(encryptAssertion(plain, ours, { ...usual, data: short }), short, usual.data),
    'a key too long for the cipher': swap(good, usual.data, short),
  }
}

// A plaintext whose padding is eight bytes long, so that the last byte can be made any other.
function padded(plain: string): string {
  const rest = (24 - (Buffer.byteLength(plain) % 16)) % 16
  return swap(plain, /<\/saml:Assertion>$/, `</saml:Assertion${' '.repeat(rest)}>`)
}

function paddings(plain: string, ours: KeyObject): Record<string, string> {
  const good = encryptAssertion(plain, ours, cbc)
  const last = (to: number) =>
    changeCipher(good, 'data', bytes => {
      const changed = Buffer.from(bytes)
      changed.writeUInt8((changed.at(-17) ?? 0) ^ 8 ^ to, changed.length - 17)
      return changed
    })
  return {
    'padding of 0': last(0),
    'padding of 17': last(17),
    'padding of 128': last(128),
    'padding of 255': last(255),
    'half a block': changeCipher(good, 'data', bytes => bytes.subarray(0, -8)),
    'only a vector': changeCipher(good, 'data', bytes => bytes.subarray(0, 16)),
  }
}

function contents(idp: TestIdp, p: Parts, ours: KeyObject): Record<string, string> {
  const plain = padded(assertionXml(idp, p))
  const good = encryptAssertion(plain, ours, cbc)
  const longer = (bytes: Buffer) => {
    const changed = Buffer.from(bytes)
    changed.writeUInt8((changed.at(-17) ?? 0) ^ 8 ^ 16, changed.length - 17)
    return changed
  }
  return {
    'a padding that is well-formed and too long': changeCipher(good, 'data', longer),
    'another first letter': changeCipher(good, 'data', bytes => flip(bytes, 0)),
    'a garbled block': changeCipher(good, 'data', bytes => flip(bytes, 32)),
    nothing: encryptAssertion('', ours),
    'no XML': encryptAssertion('hello', ours),
    'no end': encryptAssertion(plain.slice(0, -20), ours),
    'two roots': encryptAssertion(plain + plain, ours),
    'a DOCTYPE': encryptAssertion(`<!DOCTYPE x>${plain}`, ours),
    'another element': encryptAssertion('<a:NameID xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">x</a:NameID>', ours),
    'not UTF-8': encryptAssertion(Buffer.from([0x3c, 0xff]), ours),
  }
}

function signatures(idp: TestIdp, p: Parts, ours: KeyObject): Record<string, string> {
  const of = (change: Partial<Parts>) => encryptAssertion(assertionXml(idp, { ...p, ...change }), ours)
  return {
    unsigned: of({ sign: 'none' }),
    'a stranger’s signature': of({ signature: { key: testIdp().privateKey } }),
    'a changed name': encryptAssertion(swap(assertionXml(idp, p), '>alice<', '>admin<'), ours),
    'a signature by SHA-1': of({ signature: { algorithm: 'rsa-sha1' } }),
    'under AES-CBC': encryptAssertion(swap(assertionXml(idp, p), '>alice<', '>admin<'), ours, cbc),
  }
}
