// Our own SAML keys: one pair signs requests and metadata, one pair opens what is encrypted for us. Kept apart from the JWT keys
// and from each other; a connection may have its own, all others share the service's. Identity providers pin our certificates, so
// a key is published, used and taken out by three decisions of an operator, not by the clock (sp-rotation.ts).

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { selfSignedCertificate } from '../saml/certificate.ts'

/** What an SP key is for. */
export type SpKeyPurpose = 'signing' | 'encryption'

/** Whose a key is, what for, and what became of it; `connection_id` null: the service's. */
export interface SpKeyRecord {
  id: string
  purpose: SpKeyPurpose
  connection_id: string | null
  created_at: Date
  activated_at: Date | null
  retired_at: Date | null
}

/** An SP key as it is kept; the private key (PKCS #8, DER) sealed. */
export interface SealedSpKey extends SpKeyRecord {
  certificate: string
  sealed_private_key: Buffer
}

/** An SP key, opened. `bare` is base64 of the certificate's DER. */
export interface SpKey extends SpKeyRecord {
  certificate: string
  bare: string
  privateKey: KeyObject
}

/** Where a key is: `next` is published, `current` is used, `previous` was used and is still published, `retired` only opens. */
export type SpKeyState = 'next' | 'current' | 'previous' | 'retired'

/** The additional data under which an SP key is sealed. */
export const spKeyContext = (id: string): string => `sp-key:${id}`

const years = 20

/** What a new SP key is made with; `host` goes into its certificate. */
export interface SpKeyMaking {
  makeRsaPair: () => Promise<{ publicKey: KeyObject; privateKey: KeyObject }>
  random: (bytes: number) => Buffer
  seal: (plain: Buffer, context: string) => Buffer
  host: string
}

/** Makes a key, published from now on. Its self-signed certificate is pinned; the dates tell nobody anything, so they are long. */
export async function makeSpKey(
  { makeRsaPair, random, seal, host }: SpKeyMaking,
  { purpose, connection_id }: Pick<SpKeyRecord, 'purpose' | 'connection_id'>,
  now: Date,
): Promise<SealedSpKey> {
  const pair = await makeRsaPair()
  const id = random(10).toString('hex')
  const notAfter = new Date(now)
  notAfter.setUTCFullYear(now.getUTCFullYear() + years)
  const about = { subject: `${host} SAML ${purpose}`, serial: random(16), notBefore: now, notAfter }
  const der = pair.privateKey.export({ type: 'pkcs8', format: 'der' })
  return {
    ...{ id, purpose, connection_id, created_at: now, activated_at: null, retired_at: null },
    certificate: selfSignedCertificate({ ...about, ...pair }),
    sealed_private_key: seal(der, spKeyContext(id)),
  }
}

/** Opens a kept key. */
export function openSpKey(kept: SealedSpKey, open: (sealed: Buffer, context: string) => Buffer): SpKey {
  const { sealed_private_key, ...record } = kept
  const der = open(sealed_private_key, spKeyContext(kept.id))
  return {
    ...record,
    bare: new X509Certificate(kept.certificate).raw.toString('base64'),
    privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
  }
}

/** The keys of one purpose and one owner. */
export function lineOf<Key extends SpKeyRecord>(
  keys: readonly Key[],
  { purpose, connection_id }: Pick<SpKeyRecord, 'purpose' | 'connection_id'>,
): Key[] {
  return keys.filter(key => key.purpose === purpose && key.connection_id === connection_id)
}

/** The key of a line that is used: the one that was activated last. */
export function currentOf<Key extends SpKeyRecord>(line: readonly Key[]): Key | undefined {
  const used = line.filter(key => key.activated_at !== null && key.retired_at === null)
  return used.sort((a, b) => Number(b.activated_at) - Number(a.activated_at) || (a.id < b.id ? -1 : 1))[0]
}

/** Where a key is among all keys. */
export function spKeyState(key: SpKeyRecord, keys: readonly SpKeyRecord[]): SpKeyState {
  if (key.retired_at !== null) return 'retired'
  if (key.activated_at === null) return 'next'
  return currentOf(lineOf(keys, key))?.id === key.id ? 'current' : 'previous'
}

/** The key that signs for a connection: its own where one is in use, else the service's. */
export function signingKeyFor<Key extends SpKeyRecord>(keys: readonly Key[], connectionId: string): Key | undefined {
  const current = (connection_id: string | null) => currentOf(lineOf(keys, { purpose: 'signing', connection_id }))
  return current(connectionId) ?? current(null)
}

/** Every key that something may be encrypted for, its own before the service's: whatever we ever published for it. */
export function decryptionKeysFor<Key extends SpKeyRecord>(keys: readonly Key[], connectionId: string): Key[] {
  return [connectionId, null].flatMap(connection_id => lineOf(keys, { purpose: 'encryption', connection_id }))
}

/** The keys whose certificates our metadata states, of each purpose the used one first, for whoever takes but one. */
export function publishedKeysFor<Key extends SpKeyRecord>(keys: readonly Key[], connectionId: string): Key[] {
  const order: SpKeyState[] = ['current', 'next', 'previous']
  return (['signing', 'encryption'] as const).flatMap(purpose => {
    const own = lineOf(keys, { purpose, connection_id: connectionId })
    const service = currentOf(own) ? [] : lineOf(keys, { purpose, connection_id: null })
    const shown = [...service, ...own].map(key => ({ key, rank: order.indexOf(spKeyState(key, keys)) }))
    return shown
      .filter(({ rank }) => rank >= 0)
      .sort((a, b) => a.rank - b.rank)
      .map(({ key }) => key)
  })
}
