// Sealing at rest: AES-256-GCM under ENCRYPTION_KEY. What a sealed value is for goes in as additional data, so that no sealed value
// can be put in another's place. A sealed value names its key, so that the key can be changed (reseal.ts).

import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** Seals and opens bytes; `context` names what the bytes are for, and must be the same both times. */
export interface Sealer {
  seal(plain: Buffer, context: string): Buffer
  /** Throws where the key, the context or a byte is another. */
  open(sealed: Buffer, context: string): Buffer
  /** How a sealed value begins: `own` under the key that seals, `known` under any that opens. */
  marks: { own: Buffer; known: Buffer[] }
}

const version = 2
const firstVersion = 1

/** Bytes of a mark: the version, and a name of the key that tells nothing of it. */
export const markLength = 9

/**
 * A sealer under a key of 32 bytes; `others` only open. Sealed form: mark, 12 bytes of nonce, 16 bytes of tag, ciphertext. Version 1
 * did not name its key: all are tried.
 */
export function sealer(key: Buffer, others: readonly Buffer[] = []): Sealer {
  const keys = [key, ...others].map(one => ({ key: one, mark: markOf(one) }))
  return {
    marks: { own: markOf(key), known: keys.map(one => one.mark) },
    seal(plain, context) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([markOf(key), nonce, cipher.getAuthTag(), ciphertext])
    },
    open(sealed, context) {
      if (sealed[0] === firstVersion) return firstThatOpens(keys, sealed.subarray(1), context)
      const found = keys.find(({ mark }) => mark.equals(sealed.subarray(0, markLength)))
      if (!found)
        throw new Error(`No key is here that opens a value of ${sealed.subarray(0, markLength).toString('hex')}`)
      return decipher(found.key, sealed.subarray(markLength), context)
    },
  }
}

/** How every value begins that is sealed under a key. */
export function markOf(key: Buffer): Buffer {
  const name = createHmac('sha256', key).update('name of a sealing key').digest()
  return Buffer.concat([Buffer.from([version]), name.subarray(0, markLength - 1)])
}

function decipher(key: Buffer, body: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(context)).setAuthTag(body.subarray(12, 28))
  return Buffer.concat([decipher.update(body.subarray(28)), decipher.final()])
}

function firstThatOpens(keys: readonly { key: Buffer }[], body: Buffer, context: string): Buffer {
  for (const { key } of keys.slice(0, -1)) {
    try {
      return decipher(key, body, context)
    } catch {}
  }
  return decipher(keys.at(-1)?.key ?? Buffer.alloc(32), body, context)
}
