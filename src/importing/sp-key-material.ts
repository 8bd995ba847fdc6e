// A private key of the other software, with the certificate that identity providers know it by.

import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { weakness } from '../saml/algorithms.ts'
import { type ImportedKey, type Json, text } from './imported.ts'

/** A key pair; without a certificate one is made, as identity providers compare the key in it. */
export interface SpKeyMaterial {
  privateKey: KeyObject
  /** PEM. */
  certificate: string | undefined
}

/** Reads a private key and its certificate, PEM or bare base64; answers why it cannot be used, without a word of the key. */
export function readSpKey(privateKey: string, certificate: string | undefined): SpKeyMaterial | string {
  const key = readPrivate(privateKey)
  if (!key) return 'is no private key that can be read (it may be masked, or protected by a passphrase)'
  if (key.asymmetricKeyType !== 'rsa') return 'is not an RSA key'
  const weak = weakness(createPublicKey(key))
  if (weak !== undefined) return `has ${weak}`
  const known = certificate === undefined ? undefined : readCertificate(certificate)
  if (certificate !== undefined && !known) return 'has a certificate that cannot be read'
  if (known && !known.checkPrivateKey(key)) return 'does not belong to its certificate'
  return { privateKey: key, certificate: known?.toString() }
}

/** Both purposes or one, for each of the connections. */
export function keysFor(
  connectionIds: readonly string[],
  material: SpKeyMaterial,
  purposes: readonly ImportedKey['purpose'][] = ['signing', 'encryption'],
): ImportedKey[] {
  return connectionIds.flatMap(connectionId => purposes.map(purpose => ({ ...material, connectionId, purpose })))
}

/** A key that some settings may hold under `key`, with its certificate. */
export interface HeldKey {
  key: unknown
  certificate: unknown
  purpose: ImportedKey['purpose']
}

/** The keys that a connection's own settings hold; one that cannot be used is noted. */
export function heldKeys(
  connectionId: string,
  held: readonly HeldKey[],
  note: (message: string) => void,
): ImportedKey[] {
  return held.flatMap(({ key, certificate, purpose }) => {
    const given = text(key)
    if (given === undefined) return []
    const read = readSpKey(given, text(certificate))
    if (typeof read !== 'string') return keysFor([connectionId], read, [purpose])
    note(`the ${purpose} key was not taken over: it ${read}`)
    return []
  })
}

/** A key that is an object with `key` and `cert`, or the key alone. */
export function keyAndCert(value: unknown): { key: unknown; certificate: unknown } {
  if (typeof value !== 'object' || value === null) return { key: value, certificate: undefined }
  const { key, cert } = value as Json
  return { key, certificate: cert }
}

function readPrivate(given: string): KeyObject | undefined {
  if (given.includes('-----BEGIN')) return attempt(() => createPrivateKey(given))
  const der = Buffer.from(given, 'base64')
  const read = (type: 'pkcs8' | 'pkcs1') => attempt(() => createPrivateKey({ key: der, format: 'der', type }))
  return read('pkcs8') ?? read('pkcs1')
}

function readCertificate(given: string): X509Certificate | undefined {
  return attempt(() => new X509Certificate(given.includes('-----BEGIN') ? given : Buffer.from(given, 'base64')))
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
