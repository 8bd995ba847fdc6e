import { fingerprint } from '../saml/stranger.ts'
import { certificateState, type RetiredCertificate, type TrustedCertificate } from './certificate.ts'
import { type Connection, spAddresses } from './connection.ts'
import type { MetadataState } from './metadata.ts'
import type { UnknownSigner } from './unknown-signer.ts'
import { daysLeft, warningsOf } from './warning.ts'

export { fingerprint }

/** What is shown beside the connection itself. */
export interface Surroundings {
  spCertificates: readonly string[]
  metadata: MetadataState | undefined
  retired: readonly RetiredCertificate[]
  unknownSigners: number
}

/** A connection as the API answers it: its settings, our side (`sp`), the provider's side (`idp`), and how it stands. */
export function showConnection(
  connection: Connection,
  publicUrl: string,
  { spCertificates, metadata, retired, unknownSigners }: Surroundings,
  now: Date,
) {
  const { certificates, ...settings } = connection
  const { issuer, sign_on_url, logout_url, logout_response_url } = connection
  return {
    ...settings,
    certificates: certificates.map(one => one.pem),
    sp: { ...spAddresses(publicUrl, connection), certificates: spCertificates },
    idp: {
      issuer,
      sign_on_url,
      logout_url,
      logout_response_url,
      certificates: [
        ...certificates.map(one => showCertificate(one, now)),
        ...retired.map(one => showRetired(one, now)),
      ],
    },
    metadata: metadata ? showMetadata(metadata) : null,
    warnings: warningsOf(certificates, metadata, unknownSigners, now),
  }
}

/** Trusted certificates beside unknown ones: with the fingerprint in pairs, to compare. */
export function showTrusted(certificates: readonly TrustedCertificate[], now: Date) {
  return certificates.map(one => ({ ...showCertificate(one, now), fingerprint: fingerprint(one.sha256) }))
}

/** An unknown signer as the API answers it. */
export function showSigner({ connection_id: _, pem, ...one }: UnknownSigner) {
  return { ...one, fingerprint: fingerprint(one.sha256), certificate: pem }
}

function showCertificate({ pem: _, ...one }: TrustedCertificate, now: Date) {
  return { ...one, state: certificateState(one, now), days_left: daysLeft(one, now), retired_at: null }
}

function showRetired(one: RetiredCertificate, now: Date) {
  return { ...one, state: 'retired' as const, days_left: daysLeft(one, now) }
}

function showMetadata({ url, fetched_at, tried_at, next_at, error, valid_until }: MetadataState) {
  return { url, fetched_at, tried_at, next_at, error, valid_until }
}
