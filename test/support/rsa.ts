// RSA keys for tests. Making one takes a tenth of a second and every test file needs some, so they are kept beside the installed
// packages: the first, second … key of each process are the same in every run, and differ from each other.

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../node_modules/.cache/assay-test-keys/', import.meta.url))
let taken = 0

/** A pair that no earlier call in this process answered. */
export function rsaPair(bits = 2048): { publicKey: KeyObject; privateKey: KeyObject } {
  const file = `${folder}${bits}-${taken++}.pem`
  const privateKey = kept(file) ?? made(file, bits)
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

function kept(file: string): KeyObject | undefined {
  try {
    return createPrivateKey(readFileSync(file))
  } catch {
    return undefined
  }
}

// Two processes may make the same one at once: each puts a whole file in its place, and either is as good.
function made(file: string, bits: number): KeyObject {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const own = `${file}.${randomUUID()}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(own, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  renameSync(own, file)
  return privateKey
}
