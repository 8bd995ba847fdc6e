// Sealing at rest: AES-256-GCM under ENCRYPTION_KEY. What a sealed value is for goes in as additional data, so that no sealed value
// can be put in another's place.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Seals and opens bytes; `context` names what the bytes are for, and must be the same both times. */
export interface Sealer {
  seal(plain: Buffer, context: string): Buffer
  /** Throws where the key, the context or a byte is another. */
  open(sealed: Buffer, context: string): Buffer
}

const version = 1

/** A sealer under a key of 32 bytes. Sealed form: version, 12 bytes of nonce, 16 bytes of tag, ciphertext. */
export function sealer(key: Buffer): Sealer {
  return {
    seal(plain, context) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), ciphertext])
    },
    open(sealed, context) {
      if (sealed[0] !== version) throw new Error(`A sealed value of version ${sealed[0]} is not known here`)
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13), { authTagLength: 16 })
      decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(13, 29))
      return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()])
    },
  }
}
