// Our own SAML keys: one pair signs requests and metadata, one pair opens what is encrypted for us. Kept apart from the JWT keys
// and from each other; a connection may have its own (one that moved in), all others share the service's.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { selfSignedCertificate } from '../saml/certificate.ts'

/** What an SP key is for. */
export type SpKeyPurpose = 'signing' | 'encryption'

/** An SP key as it is kept; the private key (PKCS #8, DER) sealed. */
export interface SealedSpKey {
  id: string
  purpose: SpKeyPurpose
  connection_id: string | null
  certificate: string
  sealed_private_key: Buffer
  created_at: Date
  retired_at: Date | null
}

/** An SP key, opened. `bare` is base64 of the certificate's DER. */
export interface SpKey {
  id: string
  purpose: SpKeyPurpose
  connectionId: string | null
  retired: boolean
  pem: string
  bare: string
  privateKey: KeyObject
}

/** The additional data under which an SP key is sealed. */
export const spKeyContext = (id: string): string => `sp-key:${id}`

const years = 20

/** A self-signed certificate for an SP key. Identity providers pin it; its dates tell nobody anything, so they are long. */
export function spCertificate(
  purpose: SpKeyPurpose,
  host: string,
  pair: { publicKey: KeyObject; privateKey: KeyObject },
  serial: Buffer,
  now: Date,
): string {
  const notAfter = new Date(now)
  notAfter.setUTCFullYear(now.getUTCFullYear() + years)
  return selfSignedCertificate({ subject: `${host} SAML ${purpose}`, ...pair, serial, notBefore: now, notAfter })
}

/** Opens a kept key. */
export function openSpKey(sealed: SealedSpKey, open: (sealed: Buffer, context: string) => Buffer): SpKey {
  const der = open(sealed.sealed_private_key, spKeyContext(sealed.id))
  return {
    id: sealed.id,
    purpose: sealed.purpose,
    connectionId: sealed.connection_id,
    retired: sealed.retired_at !== null,
    pem: sealed.certificate,
    bare: new X509Certificate(sealed.certificate).raw.toString('base64'),
    privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
  }
}

/** The keys of one purpose for a connection, newest first: its own where it has any, else the service's. */
export function keysFor(keys: readonly SpKey[], purpose: SpKeyPurpose, connectionId: string): SpKey[] {
  const able = keys.filter(key => key.purpose === purpose)
  const own = able.filter(key => key.connectionId === connectionId)
  return own.length > 0 ? own : able.filter(key => key.connectionId === null)
}
