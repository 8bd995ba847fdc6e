// What a connection was: its versions, what differs between two, what of that is trust, and how one comes back.

import { type Change, difference } from '../audit/event.ts'
import { Problem } from '../problem.ts'
import type { TrustedCertificate } from './certificate.ts'
import { isTrust } from './change.ts'
import { type Connection, type ConnectionSettings, settingsOf } from './connection.ts'
import { bodyMembers, type ConnectionBody, type ConnectionDraft, readDraft } from './draft.ts'

/** A connection as it was after a change; versions of before a setting existed lack it. */
export interface ConnectionVersion {
  version: number
  at: Date
  actor: string
  settings: Partial<ConnectionSettings>
  certificates: TrustedCertificate[]
}

/** The settings of a connection and its certificates, as one object that can be compared. */
export function snapshot(connection: Pick<ConnectionVersion, 'settings' | 'certificates'>): Record<string, unknown> {
  const known = Object.entries(connection.settings).filter(([name]) => bodyMembers.has(name))
  const certificates = connection.certificates.map(({ sha256, subject, not_before, not_after, pem, source }) => {
    const [from, until] = [new Date(not_before), new Date(not_after)]
    return { sha256, subject, not_before: from, not_after: until, pem, source }
  })
  return { ...Object.fromEntries(known), certificates }
}

/** What differs between two versions, and whether that is trust. */
export function versionDifference(
  before: Pick<ConnectionVersion, 'settings' | 'certificates'> | undefined,
  after: Pick<ConnectionVersion, 'settings' | 'certificates'> | undefined,
): Pick<Change, 'before' | 'after' | 'trust'> {
  const { names, ...differing } = difference(before && snapshot(before), after && snapshot(after))
  return { ...differing, trust: isTrust(names) }
}

/** A change of a connection as it is recorded, with its versions; `came` is what came of it beside. */
export function connectionChange(
  action: string,
  before: Connection | undefined,
  after: Connection | undefined,
  came: object = {},
): Change {
  const whole = (one: Connection | undefined) => one && { settings: settingsOf(one), certificates: one.certificates }
  const { trust, ...changed } = versionDifference(whole(before), whole(after))
  return {
    ...{ action, subject_type: 'connection', subject_id: (after ?? before)?.id ?? null, trust },
    before: changed.before && { version: before?.version, ...changed.before },
    after: changed.after && { version: after?.version, ...changed.after, ...came },
  }
}

/** What a version amounts to now, read like a body; throws `invalid_request` also for a permission whose time is over. */
export function draftOf(version: ConnectionVersion, current: Connection, now: Date): ConnectionDraft {
  const { certificates, ...settings } = snapshot(version) as Partial<ConnectionSettings> & {
    certificates: TrustedCertificate[]
  }
  const { metadata_url = null, ...body } = settings
  refuseExpired(settings.allow_sha1_until ?? null, current.allow_sha1_until, now)
  // A body lays claims over those that are there, and its metadata is fetched: a version is restored as it was.
  const base = { ...current, metadata_url, attributes: {} }
  const draft = readDraft({ ...(body as ConnectionBody), certificates: certificates.map(one => one.pem) }, base, now)
  const sources = new Map(certificates.map(one => [one.sha256, one.source]))
  return {
    ...draft,
    certificates: draft.certificates.map(one => ({ ...one, source: sources.get(one.sha256) ?? 'given' })),
  }
}

function refuseExpired(until: string | null, current: string | null, now: Date): void {
  if (until === null || until === current || until >= now.toISOString().slice(0, 10)) return
  const message = `was allowed until ${until}, which is over: change to the other members of that version instead.`
  throw new Problem('invalid_request', { mistakes: [{ field: 'allow_sha1_until', message }] })
}
