// A body of the admin API → the settings and certificates of a connection, or every mistake at once. Shapes are checked by the
// schema in openapi.yaml before; here stands what a schema cannot say.

import { type Mistake, Problem } from '../problem.ts'
import { readAllCertificates, type TrustedCertificate } from './certificate.ts'
import { type Connection, type ConnectionSettings, settingsOf } from './connection.ts'
import { readStated, type StatedMetadata, staleness } from './metadata.ts'
import { defaultAttributes } from './provider.ts'
import { wrongDemand } from './sso-required.ts'
import { wrongRules } from './wrong-rules.ts'
import { wrongUrls } from './wrong-urls.ts'

/** What a body may say: any setting, and the identity provider's side as metadata or as the three pasted fields. */
export type ConnectionBody = Partial<ConnectionSettings> & { metadata_xml?: string; certificates?: string[] }

/** What a body amounts to. */
export interface ConnectionDraft {
  settings: ConnectionSettings
  certificates: TrustedCertificate[]
  /** What the body's metadata stated. */
  metadata?: StatedMetadata | undefined
}

/** What its metadata_url led to; `later`: it is fetched once everything else of the body is right. */
export type Fetched = { text: string } | 'later' | undefined

/** What a connection is where nothing is said. */
export const defaults = {
  provider: 'custom',
  logout_url: null,
  logout_response_url: null,
  logout_binding: 'redirect',
  metadata_url: null,
  domains: [],
  enabled: true,
  default_return_to: null,
  request_binding: 'redirect',
  sign_requests: true,
  nameid_format: null,
  force_authn: false,
  requested_authn_context: [],
  require_signed: 'any',
  require_encrypted: false,
  allow_idp_initiated: false,
  clock_skew: 180,
  allow_sha1_until: null,
  allow_cbc_unsigned: false,
  sp_entity_id: null,
  acs_aliases: [],
  subject: null,
  attributes: Object.fromEntries(Object.entries(defaultAttributes).map(([claim, names]) => [claim, [...names]])),
  roles: [],
  on_group_overage: 'continue',
  sso_required: false,
  sso_exempt: [],
  tests: [],
} satisfies Partial<ConnectionSettings>

/** Every member that a body may have. */
export const bodyMembers: ReadonlySet<string> = new Set([
  ...Object.keys(defaults),
  ...['tenant', 'name', 'issuer', 'sign_on_url', 'certificates', 'metadata_xml'],
])

const longestSha1 = 90 * 86_400_000

/** The address of metadata that a body gives anew; the one that a connection has already is nothing new. */
export function newMetadataUrl({ metadata_url }: ConnectionBody, current: Connection | undefined): string | undefined {
  return metadata_url && metadata_url !== current?.metadata_url ? metadata_url : undefined
}

/**
 * Reads a body over the connection as it stands (a change) or over the defaults (a new one); throws `invalid_request`. `fetched`
 * is what a new metadata_url led to.
 */
export function readDraft(
  body: ConnectionBody,
  current: Connection | undefined,
  now: Date,
  fetched?: Fetched,
): ConnectionDraft {
  const mistakes: Mistake[] = []
  const { metadata_xml, metadata_url, certificates: pasted, ...given } = body
  const url = newMetadataUrl(body, current)
  const metadata = readMetadata(body, url, fetched, { current, now, mistakes })
  const settings = {
    ...(current ? settingsOf(current) : defaults),
    ...(metadata && { issuer: metadata.issuer, ...metadata.stated }),
    ...given,
    // Where an address came from the metadata, the binding must be the one that is served there.
    ...(metadata && { request_binding: metadata.stated.request_binding }),
    ...(metadata && given.logout_url === undefined && { logout_binding: metadata.stated.logout_binding }),
    metadata_url: url ?? (metadata_xml === undefined && metadata_url !== null ? (current?.metadata_url ?? null) : null),
  } as ConnectionSettings
  const certificates = trusted(pasted, metadata, current, { settings, mistakes })
  const expected =
    metadata ||
    (url !== undefined && fetched === 'later') ||
    mistakes.some(one => /^metadata_(xml|url)$/.test(one.field))
  if (!expected) requireThree(settings, certificates, pasted, mistakes)
  settings.attributes = { ...(current?.attributes ?? defaults.attributes), ...given.attributes }
  settings.domains = [...new Set(settings.domains.map(domain => domain.toLowerCase()))]
  settings.sso_exempt = [...new Set(settings.sso_exempt.map(email => email.toLowerCase()))]
  mistakes.push(
    ...wrongDemand(settings),
    ...wrongUrls(settings),
    ...wrongDate(settings.allow_sha1_until, now),
    ...wrongRules(settings),
  )
  if (mistakes.length > 0) throw new Problem('invalid_request', { mistakes })
  return { settings, certificates, metadata }
}

interface Reading {
  current: Connection | undefined
  now: Date
  mistakes: Mistake[]
}

function readMetadata(
  body: ConnectionBody,
  url: string | undefined,
  fetched: Fetched,
  { current, now, mistakes }: Reading,
): StatedMetadata | undefined {
  const field = body.metadata_xml === undefined ? 'metadata_url' : 'metadata_xml'
  if (field === 'metadata_url' && url === undefined) return undefined
  const say = (name: string, message: string) => mistakes.push({ field: name, message })
  if (field === 'metadata_xml' && url !== undefined)
    say('metadata_url', 'stands beside metadata_xml: give one of both.')
  // Beside an address the issuer is of use: it says which provider of the document is meant.
  for (const name of ['issuer', 'sign_on_url', 'certificates'] as const) {
    if (body[name] === undefined || (name === 'issuer' && field === 'metadata_url')) continue
    say(name, `comes from ${field}: give one or the other.`)
  }
  if (field === 'metadata_url' && fetched === undefined)
    say(field, 'is not fetched here: give its content as metadata_xml.')
  const text = body.metadata_xml ?? (typeof fetched === 'object' ? fetched.text : undefined)
  if (text === undefined) return undefined
  const bindings = { signOn: body.request_binding, logout: body.logout_binding }
  try {
    if (field === 'metadata_xml') return readStated(text, field, bindings)
    const read = readStated(text, field, { ...bindings, entityId: body.issuer ?? current?.issuer })
    const stale = staleness(read, now)
    if (stale !== undefined) say(field, stale)
    return read
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    mistakes.push(...error.mistakes)
    return undefined
  }
}

// What is trusted from now on, and by whose word. A certificate that is given again keeps who vouched for it.
function trusted(
  pasted: string[] | undefined,
  metadata: StatedMetadata | undefined,
  current: Connection | undefined,
  { settings, mistakes }: { settings: ConnectionSettings; mistakes: Mistake[] },
): TrustedCertificate[] {
  const refreshed = settings.metadata_url !== null
  const known = new Map(current?.certificates.map(one => [one.sha256, one.source]))
  if (pasted) {
    const read = readAllCertificates(pasted, at => `certificates[${at}]`, mistakes)
    return read.map(one => ({ ...one, source: (refreshed && known.get(one.sha256)) || 'given' }))
  }
  if (metadata) return metadata.certificates.map(one => ({ ...one, source: refreshed ? 'metadata' : 'given' }))
  const before = current?.certificates ?? []
  return refreshed ? before : before.map(one => ({ ...one, source: 'given' }))
}

function requireThree(
  settings: ConnectionSettings,
  certificates: readonly unknown[],
  pasted: string[] | undefined,
  mistakes: Mistake[],
): void {
  const message = 'is needed, unless metadata_url or metadata_xml is given.'
  if (!settings.issuer) mistakes.push({ field: 'issuer', message })
  if (!settings.sign_on_url) mistakes.push({ field: 'sign_on_url', message })
  const tried = (pasted?.length ?? 0) > 0
  if (certificates.length === 0 && !tried) mistakes.push({ field: 'certificates', message })
}

function wrongDate(until: string | null, now: Date): Mistake[] {
  if (until === null) return []
  const time = Date.parse(`${until}T00:00:00Z`)
  const fits = !Number.isNaN(time) && time <= now.getTime() + longestSha1
  return fits
    ? []
    : [{ field: 'allow_sha1_until', message: 'must be a date such as 2026-12-31, at most 90 days ahead.' }]
}
