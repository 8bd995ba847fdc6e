// What an operator should know about a connection before its people do.

import { certificateState, type IdpCertificate, type TrustedCertificate } from './certificate.ts'
import type { MetadataState } from './metadata.ts'

/** The days before its end at which a certificate is warned of. */
export const warningDays = [60, 30, 7] as const

/** A certificate whose end comes near. */
export interface Expiring extends Pick<IdpCertificate, 'sha256' | 'not_after'> {
  connection_id: string
}

/** A warning that is due: at most so many days are left. */
export interface DueWarning extends Expiring {
  days: (typeof warningDays)[number]
}

/** One warning of a connection; `code` is stable, `message` is for people. */
export interface Warning {
  code: 'certificate_expiring' | 'certificate_expired' | 'metadata_failed' | 'unknown_signers'
  message: string
  sha256?: string
  days_left?: number
}

const day = 86_400_000

/** Whole days until a certificate expires; negative once it has. */
export function daysLeft({ not_after }: Pick<IdpCertificate, 'not_after'>, now: Date): number {
  return Math.floor((not_after.getTime() - now.getTime()) / day)
}

/** Of each certificate the one warning that its time left asks for, the nearest of `warningDays`; none of an expired one. */
export function dueWarnings(certificates: readonly Expiring[], now: Date): DueWarning[] {
  return certificates.flatMap(one => {
    const left = one.not_after.getTime() - now.getTime()
    const days = warningDays.findLast(limit => left > 0 && left <= limit * day)
    return days === undefined ? [] : [{ ...one, days }]
  })
}

/** What to know of a connection now: the worst first. */
export function warningsOf(
  certificates: readonly TrustedCertificate[],
  metadata: Pick<MetadataState, 'error' | 'failures' | 'fetched_at'> | undefined,
  unknownSigners: number,
  now: Date,
): Warning[] {
  const expired = certificates.filter(one => certificateState(one, now) === 'expired')
  const expiring = dueWarnings(
    certificates.map(one => ({ ...one, connection_id: '' })),
    now,
  )
  return [
    ...(unknownSigners > 0 ? [unknownWarning(unknownSigners)] : []),
    ...(metadata?.error ? [metadataWarning(metadata.error, metadata.fetched_at)] : []),
    ...expired.map(one => certificateWarning('certificate_expired', one, now)),
    ...expiring.map(one => certificateWarning('certificate_expiring', one, now)),
  ]
}

function unknownWarning(count: number): Warning {
  const message = `Responses were refused that were right in everything but their key: ${count} unknown certificate${count === 1 ? '' : 's'}.`
  return { code: 'unknown_signers', message }
}

function metadataWarning(error: string, since: Date): Warning {
  return {
    code: 'metadata_failed',
    message: `Metadata could not be refreshed: ${error} What it stated at ${since.toISOString()} still counts.`,
  }
}

function certificateWarning(
  code: Warning['code'],
  one: Pick<IdpCertificate, 'sha256' | 'not_after'>,
  now: Date,
): Warning {
  const verb = code === 'certificate_expired' ? 'expired' : 'expires'
  const message = `A certificate of the identity provider ${verb} at ${one.not_after.toISOString()}.`
  return { code, message, sha256: one.sha256, days_left: daysLeft(one, now) }
}
