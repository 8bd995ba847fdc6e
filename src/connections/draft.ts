// A body of the admin API → the settings and certificates of a connection, or every mistake at once. Shapes are checked by the
// schema in openapi.yaml before; here stands what a schema cannot say.

import { type Mistake, Problem } from '../problem.ts'
import { readIdpMetadata } from '../saml/idp-metadata.ts'
import { type IdpCertificate, readCertificates } from './certificate.ts'
import type { Connection, ConnectionSettings } from './connection.ts'
import { defaultAttributes } from './provider.ts'
import { wrongRules } from './wrong-rules.ts'

/** What a body may say: any setting, and the identity provider's side as metadata or as the three pasted fields. */
export type ConnectionBody = Partial<ConnectionSettings> & { metadata_xml?: string; certificates?: string[] }

/** What a body amounts to. */
export interface ConnectionDraft {
  settings: ConnectionSettings
  certificates: IdpCertificate[]
}

const defaults = {
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
  tests: [],
} satisfies Partial<ConnectionSettings>

/** Every member that a body may have. */
export const bodyMembers: ReadonlySet<string> = new Set([
  ...Object.keys(defaults),
  ...['tenant', 'name', 'issuer', 'sign_on_url', 'certificates', 'metadata_xml'],
])

const longestSha1 = 90 * 86_400_000

/** Reads a body over the connection as it stands (a change) or over the defaults (a new one); throws `invalid_request`. */
export function readDraft(body: ConnectionBody, current: Connection | undefined, now: Date): ConnectionDraft {
  const mistakes: Mistake[] = []
  const { metadata_xml, certificates: pasted, ...given } = body
  const metadata = metadata_xml === undefined ? undefined : readMetadata(metadata_xml, body, mistakes)
  const read = readAllCertificates(
    pasted ?? metadata?.certificates ?? [],
    pasted ? 'certificates' : 'metadata_xml',
    mistakes,
  )
  const certificates = pasted || metadata ? read : (current?.certificates ?? [])
  const settings = {
    ...(current ? settingsOf(current) : defaults),
    ...metadata?.settings,
    ...given,
    // Where an address came from the metadata, the binding must be the one that is served there.
    ...(metadata && { request_binding: metadata.settings.request_binding }),
    ...(metadata && given.logout_url === undefined && { logout_binding: metadata.settings.logout_binding }),
  } as ConnectionSettings
  if (!metadata && !mistakes.some(one => one.field === 'metadata_xml'))
    requireThree(settings, certificates, pasted, mistakes)
  settings.attributes = { ...(current?.attributes ?? defaults.attributes), ...given.attributes }
  settings.domains = [...new Set(settings.domains.map(domain => domain.toLowerCase()))]
  mistakes.push(...wrongUrls(settings), ...wrongDate(settings.allow_sha1_until, now), ...wrongRules(settings))
  if (body.metadata_url)
    mistakes.push({ field: 'metadata_url', message: 'is not fetched yet: give its content as metadata_xml.' })
  if (mistakes.length > 0) throw new Problem('invalid_request', { mistakes })
  return { settings, certificates }
}

function settingsOf({
  id: _id,
  version: _v,
  certificates: _c,
  created_at: _a,
  updated_at: _u,
  ...settings
}: Connection): ConnectionSettings {
  return settings
}

function readMetadata(xml: string, body: ConnectionBody, mistakes: Mistake[]) {
  for (const field of ['issuer', 'sign_on_url', 'certificates'] as const) {
    if (body[field] !== undefined) mistakes.push({ field, message: 'comes from metadata_xml: give one or the other.' })
  }
  try {
    const wanted = { signOn: body.request_binding, logout: body.logout_binding }
    const { issuer, signOnUrl, signOnBinding, logout, certificates } = readIdpMetadata(xml, wanted)
    const settings = {
      ...{ issuer, sign_on_url: signOnUrl, request_binding: signOnBinding },
      ...{ logout_url: logout?.url ?? null, logout_response_url: logout?.responseUrl ?? null },
      logout_binding: logout?.binding ?? defaults.logout_binding,
    }
    return { settings, certificates }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const message = error.detail ?? error.message
    mistakes.push(...(error.mistakes.length > 0 ? error.mistakes : [{ field: 'metadata_xml', message }]))
    return undefined
  }
}

function readAllCertificates(pasted: readonly string[], field: string, mistakes: Mistake[]): IdpCertificate[] {
  const found = new Map<string, IdpCertificate>()
  for (const [at, text] of pasted.entries()) {
    const read = readCertificates(text)
    if (typeof read === 'string')
      mistakes.push({ field: field === 'certificates' ? `certificates[${at}]` : field, message: read })
    else for (const certificate of read) found.set(certificate.sha256, certificate)
  }
  return [...found.values()]
}

function requireThree(
  settings: ConnectionSettings,
  certificates: IdpCertificate[],
  pasted: string[] | undefined,
  mistakes: Mistake[],
): void {
  const message = 'is needed, unless metadata_xml is given.'
  if (!settings.issuer) mistakes.push({ field: 'issuer', message })
  if (!settings.sign_on_url) mistakes.push({ field: 'sign_on_url', message })
  const tried = (pasted?.length ?? 0) > 0
  if (certificates.length === 0 && !tried) mistakes.push({ field: 'certificates', message })
}

function wrongUrls(settings: ConnectionSettings): Mistake[] {
  const { sign_on_url, logout_url, logout_response_url, default_return_to, acs_aliases } = settings
  const urls: [string, string | null][] = [
    ['sign_on_url', sign_on_url ?? null],
    ['logout_url', logout_url],
    ['logout_response_url', logout_response_url],
    ['default_return_to', default_return_to],
    ...acs_aliases.map((url, at): [string, string] => [`acs_aliases[${at}]`, url]),
  ]
  return urls
    .filter(([, url]) => url && !isHttpUrl(url))
    .map(([field]) => ({ field, message: 'must be an http or https URL without user name or fragment.' }))
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text)
  const plain = /^[\x21-\x7e]+$/.test(text) && url?.username === '' && url.password === '' && url.hash === ''
  return plain && (url.protocol === 'https:' || url.protocol === 'http:')
}

function wrongDate(until: string | null, now: Date): Mistake[] {
  if (until === null) return []
  const time = Date.parse(`${until}T00:00:00Z`)
  const fits = !Number.isNaN(time) && time <= now.getTime() + longestSha1
  return fits
    ? []
    : [{ field: 'allow_sha1_until', message: 'must be a date such as 2026-12-31, at most 90 days ahead.' }]
}
