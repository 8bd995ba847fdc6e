// THE REMOVAL VAN: settings of other software → what apply reads, so that no customer has to touch an identity provider. Pure: files
// and rows come in; entries, keys and a report go out. What cannot be taken over is said, never guessed.

import { createHash } from 'node:crypto'
import { readCertificates } from '../connections/certificate.ts'
import { reservedClaims } from '../connections/reserved-claims.ts'
import type { Written } from '../desired/written.ts'
import type { SpKeyMaterial } from './sp-key-material.ts'

/** What was found: connections as apply reads them, keys of ours that belong to them, and what has to be said. */
export interface Imported {
  connections: Written[]
  keys: ImportedKey[]
  notes: Note[]
}

/** A key that signed our requests, or opened what was encrypted for us, under the name of a connection. */
export interface ImportedKey extends SpKeyMaterial {
  connectionId: string
  purpose: 'signing' | 'encryption'
}

/** Something that was not taken over, or not as it was; `about` is the name that the other software has for it. */
export interface Note {
  about: string
  message: string
}

/** What the settings of the other software do not hold: where it answers, and what it calls itself. */
export interface Origin {
  /** Without a slash at its end. */
  baseUrl?: string | undefined
  entityId?: string | undefined
  acsUrl?: string | undefined
  /** The tenant's name at Auth0. */
  auth0Tenant?: string | undefined
}

/** An object of JSON, nothing known of its members. */
export type Json = Record<string, unknown>

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** The id of an imported connection: the same at every import, so that importing again changes nothing. */
export function importedId(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest()
  return [...hash.subarray(0, 16)].map(byte => alphabet[byte % 32]).join('')
}

/** A tenant's name here: lower-case letters, digits, dots, hyphens and underscores. */
export function tenantName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9._-]+/g, '-')
  return plain.replace(/^[^a-z0-9]+/, '').slice(0, 63) || 'imported'
}

/** A text that is there and not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** Whether a setting is on, in the forms of JSON and of Java's properties. */
export function isOn(value: unknown): boolean {
  return value === true || value === 'true'
}

/** An object, or an empty one. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** Certificates that may be trusted here, PEM each; a weak or broken one is noted and left out. */
export function usableCertificates(given: readonly unknown[], note: (message: string) => void): string[] {
  return given.flatMap(one => {
    const certificate = text(one)
    if (certificate === undefined) return []
    const read = readCertificates(unwrapped(certificate))
    if (typeof read !== 'string') return read.map(({ pem }) => pem)
    note(`a certificate of the identity provider was left out: it ${read}`)
    return []
  })
}

// Auth0 keeps the PEM in base64 once more.
function unwrapped(certificate: string): string {
  const inner = Buffer.from(certificate, 'base64').toString('latin1')
  return !certificate.includes('-----BEGIN') && inner.includes('-----BEGIN') ? inner : certificate
}

/** An entry without the members that nothing is known of. */
export function entryOf(members: Json): Written {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

/** A skew in seconds that is more than ours, within what is taken here. */
export function clockSkew(seconds: number, note: (message: string) => void): number | undefined {
  if (!(seconds > 180)) return undefined
  if (seconds > 300) note(`clocks may differ by 300 seconds at most here, there it was ${seconds}`)
  return Math.min(Math.ceil(seconds), 300)
}

/** Whether a mapping may set a claim. */
export function isClaim(name: string): boolean {
  return !reservedClaims.has(name) && /^[A-Za-z0-9_:./-]{1,200}$/.test(name)
}
