// What an IT admin has entered so far, and the connection that it would make. Members are there once their step is done.

import { createHash } from 'node:crypto'
import { trustedKey } from '../connections/certificate.ts'
import type { Connection } from '../connections/connection.ts'
import { type ConnectionBody, type ConnectionDraft, readDraft } from '../connections/draft.ts'
import { type Provider, providers } from '../connections/provider.ts'
import { type Mistake, Problem } from '../problem.ts'
import type { Theirs } from './pasted.ts'

/** A group of theirs, and the role that it gives. */
export interface Grant {
  group: string
  role: string
}

/** What was entered. A claim that is not named keeps the usual attribute names. */
export interface SetupDraft {
  provider?: Provider
  /** The guide that was chosen: some have one without being a provider of their own. */
  guide?: string
  theirs?: Theirs
  /** What was mended when it was read. */
  notices?: string[]
  subject?: string | null
  attributes?: Record<string, string[]>
  roles?: Grant[]
}

/** The claims that the wizard maps; an operator may map others. */
export const mappable = ['email', 'name', 'given_name', 'family_name', 'groups'] as const

// The body that the draft is for the address book; of a new connection also its tenant and name.
function bodyOf(draft: SetupDraft, tenant: string, current: Connection | undefined): ConnectionBody {
  const { provider, theirs, subject, attributes, roles } = draft
  return {
    ...(current ? {} : { tenant, name: `${tenant} ${providers[provider ?? 'custom']}` }),
    ...(provider === undefined ? {} : { provider }),
    ...theirs,
    // Another identity provider's sign-out would be asked otherwise.
    ...(theirs && current && theirs.issuer !== current.issuer && theirs.logout_url === undefined
      ? { logout_url: null, logout_response_url: null }
      : {}),
    ...(subject === undefined ? {} : { subject }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(roles === undefined
      ? {}
      : { roles: roles.map(({ group, role }) => ({ if: { groups: [group] }, grant: [role] })) }),
    enabled: true,
  }
}

/** A connection as the draft would make it, ready to judge with, and the hash of everything in it that a judgement may turn on. */
export interface Candidate {
  connection: Connection
  keys: ReturnType<typeof trustedKey>[]
  settingsHash: Buffer
  /** What is switched on: just what was judged, with the address that is followed from then on. */
  draft: ConnectionDraft
}

/** The candidate of a draft; throws `invalid_request` where something is missing or wrong. */
export function candidateOf(
  draft: SetupDraft,
  { id, tenant, current, now }: { id: string; tenant: string; current: Connection | undefined; now: Date },
): Candidate {
  const { settings, certificates } = draftOf(bodyOf(draft, tenant, current), current, now)
  const kept = { id, version: current?.version ?? 1, created_at: current?.created_at ?? now, updated_at: now }
  const { name: _name, enabled: _enabled, ...judged } = settings
  const text = JSON.stringify([sorted(judged), certificates.map(one => one.sha256).sort()])
  return {
    connection: { ...settings, ...kept, certificates },
    keys: certificates.map(trustedKey),
    settingsHash: createHash('sha256').update(text).digest(),
    draft: { settings, certificates },
  }
}

// What stands beside an address was fetched from it.
function draftOf(
  { metadata_url, ...body }: ConnectionBody,
  current: Connection | undefined,
  now: Date,
): ConnectionDraft {
  const given = body.certificates !== undefined
  const read = readDraft(given ? { ...body, metadata_url: null } : body, current, now)
  if (!given || !metadata_url) return read
  const sources = new Map(current?.certificates.map(one => [one.sha256, one.source]))
  return {
    settings: { ...read.settings, metadata_url },
    certificates: read.certificates.map(one => ({ ...one, source: sources.get(one.sha256) ?? 'metadata' })),
  }
}

/** The candidate, or undefined while the identity provider's side is missing or something is wrong. */
export function candidateIfWhole(...given: Parameters<typeof candidateOf>): Candidate | undefined {
  try {
    return candidateOf(...given)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

// One text for one meaning: a database may answer the members of an object in another order.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return entries.map(([name, inner]) => [name, sorted(inner)])
}

/** The roles of a connection as groups and roles; undefined where an operator wrote rules that say more. */
export function grantsOf({ roles }: Pick<Connection, 'roles'>): Grant[] | undefined {
  const grants = roles.map(({ if: condition, grant }): Grant | undefined => {
    const [member, ...others] = Object.entries(condition)
    if (!member || others.length > 0 || member[0] !== 'groups' || !Array.isArray(member[1])) return undefined
    const [group, ...more]: readonly unknown[] = member[1]
    const [role] = grant
    return typeof group === 'string' && more.length === 0 && role !== undefined && grant.length === 1
      ? { group, role }
      : undefined
  })
  return grants.every(one => one !== undefined) ? grants.filter(one => one !== undefined) : undefined
}

/** What is wrong with the mapping and the roles of a draft, whatever else of it is missing. */
export function mistakesOfPeople(
  draft: SetupDraft,
  tenant: string,
  current: Connection | undefined,
  now: Date,
): Mistake[] {
  try {
    readDraft(bodyOf(draft, tenant, current), current, now)
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.mistakes.filter(({ field }) => /^(attributes|roles|subject|tests)\b/.test(field))
  }
}
