// EncryptedAssertion → the text of the assertion (xmlenc-core §3, xmlenc-core1 §5). Only what stands inside the element is
// used; references are never followed. What could tell an attacker anything about a key or a padding is one error.

import { createDecipheriv, type KeyObject } from 'node:crypto'
import { Problem } from '../problem.ts'
import { decodeBase64 } from './base64.ts'
import { ns } from './names.ts'
import { type OaepParameters, unwrapKey } from './oaep.ts'
import { attribute, childNamed, childrenNamed, text, type XmlElement } from './xml.ts'

/** Data encryption algorithms: the cipher, its key length in bytes, and whether it protects integrity. */
const ciphers = new Map<string, { cipher: 'gcm' | 'cbc'; keyLength: 16 | 24 | 32 }>([
  [`${ns.xenc11}aes128-gcm`, { cipher: 'gcm', keyLength: 16 }],
  [`${ns.xenc11}aes192-gcm`, { cipher: 'gcm', keyLength: 24 }],
  [`${ns.xenc11}aes256-gcm`, { cipher: 'gcm', keyLength: 32 }],
  [`${ns.xenc}aes128-cbc`, { cipher: 'cbc', keyLength: 16 }],
  [`${ns.xenc}aes192-cbc`, { cipher: 'cbc', keyLength: 24 }],
  [`${ns.xenc}aes256-cbc`, { cipher: 'cbc', keyLength: 32 }],
])

/** MGF1 digests of xmlenc11#rsa-oaep (xmlenc-core1 §5.5.2). */
const maskGenerations = new Map([
  [`${ns.xenc11}mgf1sha1`, 'sha1'],
  [`${ns.xenc11}mgf1sha256`, 'sha256'],
  [`${ns.xenc11}mgf1sha384`, 'sha384'],
  [`${ns.xenc11}mgf1sha512`, 'sha512'],
])

const oaepDigests = new Map([
  [`${ns.ds}sha1`, 'sha1'],
  [`${ns.xenc}sha256`, 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  [`${ns.xenc}sha512`, 'sha512'],
])

/**
 * Decrypts an EncryptedAssertion with any of `keys`. AES-CBC only where `cbcCovered` says that a verified Response signature
 * covers it. Throws `encryption_layout`, `encryption_algorithm`, `encryption_cbc_unsigned`, or `decryption_failed` for all else.
 */
export function decrypt(encrypted: XmlElement, keys: readonly KeyObject[], cbcCovered: boolean): string {
  const data = childNamed(encrypted, ns.xenc, 'EncryptedData')
  if (!data) throw layout('EncryptedAssertion holds no EncryptedData.')
  const type = attribute(data, 'Type')
  if (type !== undefined && type !== `${ns.xenc}Element`) throw layout(`EncryptedData is of Type ${type}.`)
  const algorithm = algorithmOf(data)
  const cipher = ciphers.get(algorithm)
  if (!cipher) throw new Problem('encryption_algorithm', { detail: algorithm })
  if (cipher.cipher === 'cbc' && !cbcCovered) throw new Problem('encryption_cbc_unsigned')
  const ciphertext = cipherValue(data)
  const wrapped = keysOf(encrypted, data).map(readKey)
  if (wrapped.length === 0) throw layout('EncryptedAssertion holds no EncryptedKey.')
  for (const { value, parameters } of wrapped) {
    for (const key of keys) {
      const plaintext = attempt(() => decipher(cipher, unwrapKey(key, value, parameters), ciphertext))
      if (plaintext !== undefined) return plaintext
    }
  }
  throw new Problem('decryption_failed')
}

// Beside the data, or in its KeyInfo: nowhere deeper (xmlenc-core §3.5).
function keysOf(encrypted: XmlElement, data: XmlElement): XmlElement[] {
  const keyInfo = childNamed(data, ns.ds, 'KeyInfo')
  return [encrypted, ...(keyInfo ? [keyInfo] : [])].flatMap(place => childrenNamed(place, ns.xenc, 'EncryptedKey'))
}

function readKey(element: XmlElement): { value: Buffer; parameters: OaepParameters } {
  const algorithm = algorithmOf(element)
  const method = childNamed(element, ns.xenc, 'EncryptionMethod')
  const eleven = algorithm === `${ns.xenc11}rsa-oaep`
  if (!method || (!eleven && algorithm !== `${ns.xenc}rsa-oaep-mgf1p`)) throw unaccepted(algorithm)
  const digestMethod = childNamed(method, ns.ds, 'DigestMethod')
  const mgf = eleven ? childNamed(method, ns.xenc11, 'MGF') : undefined
  const digestName = digestMethod ? (attribute(digestMethod, 'Algorithm') ?? '') : `${ns.ds}sha1`
  const mgfName = mgf ? (attribute(mgf, 'Algorithm') ?? '') : `${ns.xenc11}mgf1sha1`
  const digest = oaepDigests.get(digestName)
  const mgfDigest = maskGenerations.get(mgfName)
  if (!digest || !mgfDigest) throw unaccepted(digest ? mgfName : digestName)
  const label = childNamed(method, ns.xenc, 'OAEPparams')
  const parameters = { digest, mgfDigest, label: (label && decodeBase64(text(label))) ?? Buffer.alloc(0) }
  return { value: cipherValue(element), parameters }
}

function cipherValue(element: XmlElement): Buffer {
  const data = childNamed(element, ns.xenc, 'CipherData')
  const [value] = data ? childrenNamed(data, ns.xenc, 'CipherValue') : []
  const bytes = value && decodeBase64(text(value))
  if (!bytes) throw layout(`${element.name} holds no CipherValue of base64.`)
  return bytes
}

function decipher(
  { cipher, keyLength }: { cipher: 'gcm' | 'cbc'; keyLength: 16 | 24 | 32 },
  key: Buffer,
  data: Buffer,
): string {
  if (key.length !== keyLength) throw new Problem('decryption_failed')
  return new TextDecoder('utf-8', { fatal: true }).decode(cipher === 'gcm' ? gcm(key, data) : cbc(key, data))
}

// xmlenc-core1 §5.2.4: 96-bit IV, ciphertext, 128-bit tag; node:crypto accepts shorter tags unless told.
function gcm(key: Buffer, data: Buffer): Buffer {
  if (data.length < 12 + 16) throw new Problem('decryption_failed')
  const algorithm = `aes-${(key.length * 8) as 128 | 192 | 256}-gcm` as const
  const decipher = createDecipheriv(algorithm, key, data.subarray(0, 12), { authTagLength: 16 })
  decipher.setAuthTag(data.subarray(-16))
  return Buffer.concat([decipher.update(data.subarray(12, -16)), decipher.final()])
}

// xmlenc-core1 §5.2.1: the last byte of the padding is its length, the others are arbitrary.
function cbc(key: Buffer, data: Buffer): Buffer {
  if (data.length < 32 || data.length % 16 !== 0) throw new Problem('decryption_failed')
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, data.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(data.subarray(16)), decipher.final()])
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > 16) throw new Problem('decryption_failed')
  return padded.subarray(0, -padding)
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function algorithmOf(element: XmlElement): string {
  const method = childNamed(element, ns.xenc, 'EncryptionMethod')
  return (method && attribute(method, 'Algorithm')) ?? ''
}

function layout(detail: string): Problem {
  return new Problem('encryption_layout', { detail })
}

function unaccepted(algorithm: string): Problem {
  return new Problem('encryption_algorithm', { detail: algorithm })
}
