// What a provider's metadata states, and when it is fetched again. Pure: the text comes in, whoever fetched it.

import { type Mistake, Problem } from '../problem.ts'
import { readIdpMetadata, type Wanted } from '../saml/idp-metadata.ts'
import { type IdpCertificate, readAllCertificates } from './certificate.ts'
import type { Connection } from './connection.ts'

/** The settings that metadata states. */
export type Stated = Pick<
  Connection,
  'sign_on_url' | 'request_binding' | 'logout_url' | 'logout_response_url' | 'logout_binding'
>

/** What one document says of the provider. */
export interface StatedMetadata {
  issuer: string
  stated: Stated
  certificates: IdpCertificate[]
  validUntil: Date | null
  /** How long its author wants it kept, whole seconds. */
  cacheSeconds: number | null
}

/** What tells whether a document has changed since (RFC 9110 §8.8). */
export interface Validators {
  etag: string | null
  last_modified: string | null
}

/** A document out of the network, `unchanged`, or why there is none: what to say after the name of the field. */
export type FetchedMetadata = ({ text: string } & Validators) | 'unchanged' | { wrong: string }

/** Fetches metadata from the address of a connection. */
export type FetchMetadata = (url: string, known?: Validators, signal?: AbortSignal) => Promise<FetchedMetadata>

/** The last good copy of a connection's metadata: what it stated, how the last attempt went, when the next one is due. */
export interface MetadataState extends Validators {
  connection_id: string
  url: string
  fetched_at: Date
  tried_at: Date
  next_at: Date
  /** Why the last attempt brought nothing; null: it did. */
  error: string | null
  /** Attempts in a row that brought nothing. */
  failures: number
  valid_until: Date | null
  cache_seconds: number | null
  stated: Stated
}

type Field = 'metadata_xml' | 'metadata_url'

// Each is tried on every response of an unknown key.
const mostCertificates = 50
const longestIssuer = 1024

/** Reads what a document that came as `field` states; throws `invalid_request` with every mistake. */
export function readStated(xml: string, field: Field, wanted: Wanted): StatedMetadata {
  const mistakes: Mistake[] = []
  const read = readAs(field, xml, wanted)
  const certificates = readAllCertificates(read.certificates, () => field, mistakes)
  const many = certificates.length > mostCertificates
  if (many) mistakes.push({ field, message: `holds more than ${mostCertificates} signing certificates.` })
  if (read.issuer === '' || read.issuer.length > longestIssuer)
    mistakes.push({ field, message: `has no entityID of at most ${longestIssuer} characters.` })
  if (mistakes.length > 0) throw new Problem('invalid_request', { mistakes })
  const { issuer, signOnUrl, signOnBinding, logout, validUntil, cacheDuration } = read
  const stated: Stated = {
    ...{ sign_on_url: signOnUrl, request_binding: signOnBinding },
    ...{ logout_url: logout?.url ?? null, logout_response_url: logout?.responseUrl ?? null },
    logout_binding: logout?.binding ?? 'redirect',
  }
  const seconds = Math.min(Math.floor((cacheDuration ?? 0) / 1000), 2 ** 31 - 1)
  return {
    ...{ issuer, stated, certificates, cacheSeconds: seconds > 0 ? seconds : null },
    validUntil: validUntil === undefined ? null : new Date(validUntil),
  }
}

function readAs(field: Field, xml: string, wanted: Wanted) {
  try {
    return readIdpMetadata(xml, wanted)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const message = error.detail ?? error.message
    const mistakes = error.mistakes.length > 0 ? error.mistakes : [{ field, message }]
    throw new Problem('invalid_request', { mistakes: mistakes.map(one => ({ ...one, field })) })
  }
}

/** Why fetched metadata does not count at this moment, or undefined (saml-metadata §2.3.2). */
export function staleness({ validUntil }: StatedMetadata, now: Date): string | undefined {
  if (validUntil === null) return undefined
  if (Number.isNaN(validUntil.getTime())) return 'holds metadata whose validUntil is no time.'
  return validUntil > now ? undefined : `holds metadata that was valid until ${validUntil.toISOString()}.`
}

const minute = 60_000
const usual = 6 * 60 * minute
const shortest = 60 * minute
const longest = 24 * 60 * minute
const afterFailure = 15 * minute

/** When metadata is fetched again; `jitter`, 0 to 1, spreads it a tenth to both sides. */
export function nextFetch(
  state: Pick<MetadataState, 'cache_seconds' | 'valid_until' | 'failures'>,
  now: Date,
  jitter: number,
): Date {
  const { cache_seconds, valid_until, failures } = state
  const wanted = cache_seconds === null ? usual : Math.min(Math.max(cache_seconds * 1000, shortest), longest)
  // Twice before it runs out, so that one failure costs nothing.
  const left = valid_until === null ? wanted : Math.max((valid_until.getTime() - now.getTime()) / 2, afterFailure)
  const wait = failures > 0 ? Math.min(afterFailure * 2 ** (failures - 1), usual) : Math.min(wanted, left)
  return new Date(now.getTime() + wait * (0.9 + 0.2 * jitter))
}

/** The state after a document was read. */
export function stateOf(
  connectionId: string,
  url: string,
  read: StatedMetadata,
  { etag, last_modified }: Validators,
  now: Date,
  jitter: number,
): MetadataState {
  const timing = { valid_until: read.validUntil, cache_seconds: read.cacheSeconds, failures: 0 }
  return {
    ...{ connection_id: connectionId, url, etag, last_modified, stated: read.stated, error: null, ...timing },
    ...{ fetched_at: now, tried_at: now, next_at: nextFetch(timing, now, jitter) },
  }
}

/** The state of an address that came with a version or a file, due at once: what it states otherwise than `stated` counts then. */
export function dueState(connectionId: string, url: string, stated: Stated, now: Date): MetadataState {
  const { sign_on_url, request_binding, logout_url, logout_response_url, logout_binding } = stated
  const timing = { valid_until: null, cache_seconds: null, failures: 0 }
  return {
    ...{ connection_id: connectionId, url, etag: null, last_modified: null, error: null, ...timing },
    stated: { sign_on_url, request_binding, logout_url, logout_response_url, logout_binding },
    ...{ fetched_at: now, tried_at: now, next_at: now },
  }
}
