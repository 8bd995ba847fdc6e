// The address book's noun. A connection is one identity provider of one tenant: whom we trust, where we send people, and in
// what words the provider describes them. This room hands on Connections and what a login expects of them; it never sees a
// message. Members are named as in the API and the database.

import type { TrustedCertificate } from './certificate.ts'
import type { Mapping } from './claim-rule.ts'
import type { Example } from './example.ts'
import type { OveragePolicy } from './group-overage.ts'
import type { Provider } from './provider.ts'
import type { RoleRule } from './role-rule.ts'

/** What an operator decides about a connection. */
export interface ConnectionSettings {
  tenant: string
  name: string
  provider: Provider
  issuer: string
  sign_on_url: string
  logout_url: string | null
  /** Where LogoutResponses go, if not to logout_url. */
  logout_response_url: string | null
  logout_binding: 'redirect' | 'post'
  metadata_url: string | null
  domains: string[]
  enabled: boolean
  default_return_to: string | null
  request_binding: 'redirect' | 'post'
  sign_requests: boolean
  nameid_format: string | null
  force_authn: boolean
  requested_authn_context: string[]
  require_signed: 'any' | 'assertion' | 'response' | 'both'
  require_encrypted: boolean
  allow_idp_initiated: boolean
  /** Seconds. */
  clock_skew: number
  /** A date such as 2026-12-31, the last day on which SHA-1 is still taken. */
  allow_sha1_until: string | null
  allow_cbc_unsigned: boolean
  sp_entity_id: string | null
  acs_aliases: string[]
  subject: string | null
  attributes: Record<string, Mapping>
  roles: RoleRule[]
  on_group_overage: OveragePolicy
  /** People of its domains are to sign in here and in no other way. */
  sso_required: boolean
  /** E-mail addresses, lower case, of those who may always sign in otherwise. */
  sso_exempt: string[]
  /** Examples of people that the mapping and the rules must get right. */
  tests: Example[]
}

/** A connection as it is kept. */
export interface Connection extends ConnectionSettings {
  id: string
  version: number
  certificates: TrustedCertificate[]
  created_at: Date
  updated_at: Date
}

/** The settings of a connection alone. */
export function settingsOf({
  id: _id,
  version: _v,
  certificates: _c,
  created_at: _a,
  updated_at: _u,
  ...settings
}: Connection): ConnectionSettings {
  return settings
}

/** The addresses that we state for a connection; all come from PUBLIC_URL. */
export interface SpAddresses {
  entity_id: string
  acs_url: string
  slo_url: string
  metadata_url: string
}

/** Our side of a connection: what its IT admin copies into the identity provider. */
export function spAddresses(
  publicUrl: string,
  { id, sp_entity_id }: Pick<Connection, 'id' | 'sp_entity_id'>,
): SpAddresses {
  const base = `${publicUrl}/saml/${id}`
  const metadataUrl = `${base}/metadata`
  return {
    entity_id: sp_entity_id ?? metadataUrl,
    acs_url: `${base}/acs`,
    slo_url: `${base}/slo`,
    metadata_url: metadataUrl,
  }
}

/** The ACS URL that our requests name: the first that the connection brought along, as long as its provider knows no other. */
export function requestedAcsUrl(publicUrl: string, connection: Connection): string {
  return connection.acs_aliases[0] ?? spAddresses(publicUrl, connection).acs_url
}

/** Every ACS URL under which a response to this connection is accepted, ours first. */
export function acsUrls(
  publicUrl: string,
  connection: Pick<Connection, 'id' | 'sp_entity_id' | 'acs_aliases'>,
): string[] {
  return [spAddresses(publicUrl, connection).acs_url, ...connection.acs_aliases]
}

/**
 * Whom messages of single logout may name as their issuer. Entra ID is documented to answer under another name of the same
 * tenant; the key that signs is the connection's all the same.
 */
export function logoutIssuers({ issuer }: Pick<Connection, 'issuer'>): string[] {
  const tenant = /^https:\/\/sts\.windows\.net\/([0-9a-f-]{36}\/)$/.exec(issuer)?.[1]
  return tenant === undefined ? [issuer] : [issuer, `https://login.microsoftonline.com/${tenant}`]
}

/** Whether SHA-1 is still taken from this connection at this moment. */
export function allowsSha1({ allow_sha1_until: until }: Connection, now: Date): boolean {
  return until !== null && now.toISOString().slice(0, 10) <= until
}
