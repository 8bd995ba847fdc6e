// Encrypts an assertion as identity providers do (xmlenc-core §3, xmlenc-core1 §5), every choice open to a test.

import { constants, createCipheriv, createHash, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto'

/** How to encrypt; algorithms by the last part of their identifiers. */
export interface Encryption {
  data: string
  transport: string
  digest: string | null
  mgf: string | null
  /** Where the EncryptedKey stands. */
  place: 'inside' | 'sibling'
}

const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const xenc11 = 'http://www.w3.org/2009/xmlenc11#'
const dsig = 'http://www.w3.org/2000/09/xmldsig#'

/** What most providers do today. */
export const usual: Encryption = {
  data: `${xenc11}aes256-gcm`,
  transport: `${xenc}rsa-oaep-mgf1p`,
  digest: null,
  mgf: null,
  place: 'inside',
}

/** Identifiers of digests and mask generations, by node:crypto's names. */
export const digestIds: Record<string, string> = {
  sha1: `${dsig}sha1`,
  sha256: `${xenc}sha256`,
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: `${xenc}sha512`,
}

/** The EncryptedAssertion of an assertion for the holder of a public key. */
export function encryptAssertion(assertion: string | Buffer, recipient: KeyObject, how: Encryption = usual): string {
  const bits = Number(/aes(\d+)/.exec(how.data)?.[1] ?? 256)
  const dataKey = randomBytes(bits / 8)
  const key = encryptedKey(dataKey, recipient, how)
  const plain = typeof assertion === 'string' ? Buffer.from(assertion) : assertion
  const data = encryptData(plain, dataKey, how.data)
  const info =
    how.place === 'inside' ? key : `<ds:RetrievalMethod Type="${xenc}EncryptedKey" URI="#_ek"></ds:RetrievalMethod>`
  return (
    '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">' +
    `<xenc:EncryptedData xmlns:xenc="${xenc}" Type="${xenc}Element"><xenc:EncryptionMethod Algorithm="${how.data}"></xenc:EncryptionMethod>` +
    `<ds:KeyInfo xmlns:ds="${dsig}">${info}</ds:KeyInfo>` +
    `<xenc:CipherData><xenc:CipherValue>${data.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>` +
    `${how.place === 'sibling' ? key : ''}</saml:EncryptedAssertion>`
  )
}

/** The EncryptedKey element of one data key; inside the data's KeyInfo the namespaces are declared already. */
export function encryptedKey(dataKey: Buffer, recipient: KeyObject, how: Encryption): string {
  const sibling = how.place === 'sibling'
  const declared = sibling ? ` xmlns:xenc="${xenc}"` : ''
  const ds = sibling ? ` xmlns:ds="${dsig}"` : ''
  const digest =
    how.digest === null ? '' : `<ds:DigestMethod${ds} Algorithm="${digestIds[how.digest]}"></ds:DigestMethod>`
  const mgf =
    how.mgf === null ? '' : `<xenc11:MGF xmlns:xenc11="${xenc11}" Algorithm="${xenc11}mgf1${how.mgf}"></xenc11:MGF>`
  const wrapped = wrap(dataKey, recipient, how)
  return (
    `<xenc:EncryptedKey${declared} Id="_ek"><xenc:EncryptionMethod Algorithm="${how.transport}">${digest}${mgf}</xenc:EncryptionMethod>` +
    `<xenc:CipherData><xenc:CipherValue>${wrapped.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`
  )
}

function wrap(dataKey: Buffer, recipient: KeyObject, { transport, digest, mgf }: Encryption): Buffer {
  if (transport.endsWith('rsa-1_5'))
    return publicEncrypt({ key: recipient, padding: constants.RSA_PKCS1_PADDING }, dataKey)
  const padded = oaepPad(
    dataKey,
    (recipient.asymmetricKeyDetails?.modulusLength ?? 2048) / 8,
    digest ?? 'sha1',
    mgf ?? 'sha1',
  )
  return publicEncrypt({ key: recipient, padding: constants.RSA_NO_PADDING }, padded)
}

// RFC 8017 §7.1.1, written apart from the code under test.
function oaepPad(message: Buffer, size: number, digest: string, mgf: string): Buffer {
  const labelHash = createHash(digest).update('').digest()
  const seed = randomBytes(labelHash.length)
  const zeros = Buffer.alloc(size - message.length - 2 * labelHash.length - 2)
  const block = Buffer.concat([labelHash, zeros, Buffer.of(1), message])
  const maskedBlock = mix(block, seed, mgf)
  return Buffer.concat([Buffer.of(0), mix(seed, maskedBlock, mgf), maskedBlock])
}

function mix(data: Buffer, seed: Buffer, digest: string): Buffer {
  const out = Buffer.from(data)
  for (let at = 0, counter = 0; at < out.length; counter += 1) {
    const count = Buffer.of(counter >>> 24, counter >>> 16, counter >>> 8, counter)
    for (const byte of createHash(digest)
      .update(Buffer.concat([seed, count]))
      .digest()) {
      if (at < out.length) out.writeUInt8((out[at] ?? 0) ^ byte, at)
      at += 1
    }
  }
  return out
}

function encryptData(plain: Buffer, key: Buffer, algorithm: string): Buffer {
  const bits = key.length * 8
  if (algorithm.endsWith('-gcm')) {
    const iv = randomBytes(12)
    const cipher = createCipheriv(`aes-${bits as 128 | 192 | 256}-gcm`, key, iv)
    return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }
  const iv = randomBytes(16)
  const padding = 16 - (plain.length % 16)
  const padded = Buffer.concat([plain, randomBytes(padding - 1), Buffer.of(padding)])
  const cipher = createCipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(false)
  return Buffer.concat([iv, cipher.update(padded), cipher.final()])
}
