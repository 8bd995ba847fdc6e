// RSAES-OAEP decryption (RFC 8017 §7.1.2) with the label's digest and the mask's digest apart: node:crypto's `oaepHash` sets
// both at once, so where they differ the padding is taken off here, over a raw RSA operation, in constant time.

import { constants, createHash, type KeyObject, privateDecrypt, timingSafeEqual } from 'node:crypto'

/** The parameters of one EncryptedKey: node:crypto names of the label's digest and of MGF1's, and the label itself. */
export interface OaepParameters {
  digest: string
  mgfDigest: string
  label: Buffer
}

/** Decrypts a wrapped key; throws where key, padding or parameters do not fit. */
export function unwrapKey(key: KeyObject, wrapped: Buffer, { digest, mgfDigest, label }: OaepParameters): Buffer {
  if (digest === mgfDigest) {
    return privateDecrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: digest, oaepLabel: label },
      wrapped,
    )
  }
  const encoded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, wrapped)
  return unpad(encoded, digest, mgfDigest, label)
}

// EM = 0x00 || maskedSeed || maskedDB; DB = lHash || 0x00… || 0x01 || message.
function unpad(encoded: Buffer, digest: string, mgfDigest: string, label: Buffer): Buffer {
  const labelHash = createHash(digest).update(label).digest()
  const size = labelHash.length
  const maskedBlock = encoded.subarray(1 + size)
  const seed = xor(encoded.subarray(1, 1 + size), mask(maskedBlock, size, mgfDigest))
  const block = xor(maskedBlock, mask(seed, maskedBlock.length, mgfDigest))
  let wrong = (encoded[0] ?? 1) | (timingSafeEqual(block.subarray(0, size), labelHash) ? 0 : 1)
  let start = 0
  let looking = 1
  for (let at = size; at < block.length; at += 1) {
    const byte = block[at] ?? 0
    const one = looking & Number(byte === 1)
    start |= -one & (at + 1)
    wrong |= looking & Number(byte > 1)
    looking &= ~one & 1
  }
  if ((wrong | looking) !== 0) throw new Error('OAEP decoding failed')
  return Buffer.from(block.subarray(start))
}

// MGF1 (RFC 8017 §B.2.1).
function mask(seed: Buffer, length: number, digest: string): Buffer {
  const parts: Buffer[] = []
  for (let have = 0, counter = 0; have < length; counter += 1) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const part = createHash(digest).update(seed).update(count).digest()
    parts.push(part)
    have += part.length
  }
  return Buffer.concat(parts).subarray(0, length)
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)))
}
