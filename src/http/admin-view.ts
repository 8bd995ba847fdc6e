// What the page of a connection shows, made of the connection, how it fares, and what comes and goes at it.

import type { Connection } from '../connections/connection.ts'
import { type Health, successRate } from '../connections/health.ts'
import { providers } from '../connections/provider.ts'
import { fingerprint, type showConnection } from '../connections/show.ts'
import type { UnknownSigner } from '../connections/unknown-signer.ts'
import type { CertificateRow, ConnectionPageView } from '../pages/admin-connection.ts'
import { shownValue } from '../pages/admin-value.ts'
import type { Content } from '../pages/html.ts'
import type { Signer } from '../pages/signers.ts'
import { relative } from '../pages/time.ts'

interface Facts {
  connection: Connection
  health: Health
  shown: ReturnType<typeof showConnection>
  signers: readonly UnknownSigner[]
  publicUrl: string
}

const sources = {
  given: 'given by an operator',
  metadata: 'its metadata',
  approved: 'approved by an operator',
} as const

/** Everything but the lists of attempts and sessions. */
export function connectionView(
  { connection, health, shown, signers, publicUrl }: Facts,
  now: Date,
): Omit<ConnectionPageView, 'attempts' | 'sessions'> {
  const { id, name, tenant, version, enabled, provider } = connection
  const { metadata, sp, idp } = shown
  return {
    ...{ id, name, tenant, version, enabled, provider: providers[provider], state: health.state },
    lead: leadOf(health, now),
    warnings: shown.warnings.flatMap(warningWords),
    certificates: idp.certificates.map(certificateRow),
    signers: signers.map(signerOf),
    metadata: metadata
      ? { url: metadata.url, fetchedAt: metadata.fetched_at, nextAt: metadata.next_at, error: metadata.error }
      : undefined,
    sp: [
      ['Entity ID', sp.entity_id],
      ['ACS URL', sp.acs_url],
      ['Metadata URL', sp.metadata_url],
      ['Sign-in address', `${publicUrl}/login/${id}`],
    ],
    idp: [
      ['Issuer', idp.issuer],
      ['Sign-on URL', idp.sign_on_url],
      ['Sign-out URL', idp.logout_url],
    ],
    settings: settingsOf(connection),
  }
}

function leadOf(health: Health, now: Date): string {
  const { accepted, refused, last_sign_in_at } = health
  if (health.state === 'off') return 'It is switched off: nobody signs in through it.'
  const last = last_sign_in_at ? `Somebody last got in ${relative(last_sign_in_at, now)}.` : 'Nobody has signed in yet.'
  const rate = successRate(health)
  const share =
    rate === undefined
      ? 'Nobody came in the last 24 hours.'
      : `In the last 24 hours ${accepted} got in and ${refused} ${refused === 1 ? 'was' : 'were'} refused.`
  return `${last} ${share}`
}

// Unknown signers have cards of their own, metadata a line of its own.
function warningWords({ code, days_left = 0 }: Facts['shown']['warnings'][number]): string[] {
  if (code === 'certificate_expired') return ['A certificate has expired. If it is not in use any more, take it out.']
  if (code !== 'certificate_expiring') return []
  const left = days_left === 0 ? 'today' : days_left === 1 ? 'tomorrow' : `in ${days_left} days`
  return [
    `A certificate expires ${left}. Ask the administrator of the identity provider for the next one, before they use it.`,
  ]
}

function certificateRow(one: Facts['shown']['idp']['certificates'][number]): CertificateRow {
  const { subject, sha256, state, source, not_after, days_left } = one
  return {
    subject,
    fingerprint: fingerprint(sha256),
    state,
    source: sources[source],
    notAfter: not_after,
    daysLeft: days_left,
  }
}

/** An unknown signer as pages show it. */
export function signerOf(one: UnknownSigner): Signer {
  const { sha256, subject, refused, people, known_people } = one
  return {
    ...{ sha256, subject, refused, people, fingerprint: fingerprint(sha256), notAfter: one.not_after },
    ...{ firstSeen: one.first_seen_at, lastSeen: one.last_seen_at, knownPeople: known_people },
  }
}

const shownElsewhere = [
  'id',
  'version',
  'tenant',
  'name',
  'provider',
  'enabled',
  'certificates',
  'issuer',
  'sign_on_url',
  'logout_url',
  'metadata_url',
]

// Under the names of the API, where each is changed.
function settingsOf(connection: Connection): [string, Content][] {
  return Object.entries(connection)
    .filter(([name]) => !shownElsewhere.includes(name))
    .map(([name, value]) => [name, shownValue(value)])
}
