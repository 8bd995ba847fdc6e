// Auth0: connections of the strategy samlp, as its Management API lists them.

import {
  entryOf,
  type Imported,
  type ImportedKey,
  importedId,
  isClaim,
  isOn,
  type Json,
  type Note,
  type Origin,
  object,
  tenantName,
  text,
  usableCertificates,
} from './imported.ts'
import { heldKeys, keyAndCert } from './sp-key-material.ts'

/** Imports; throws where the domain that Auth0 answers at is not given. */
export function importAuth0(listed: unknown, origin: Origin): Imported {
  if (origin.baseUrl === undefined) throw new Error('Give the domain of the Auth0 tenant as --base-url https://….')
  const all = Array.isArray(listed) ? listed : ([object(listed)['connections'] ?? listed].flat() as unknown[])
  const imported: Imported = { connections: [], keys: [], notes: [] }
  for (const one of all.map(object)) {
    const about = text(one['name']) ?? '(without a name)'
    if (one['strategy'] !== 'samlp') {
      imported.notes.push({
        about,
        message: `was not taken over: its strategy is ${String(one['strategy'])}, not samlp`,
      })
      continue
    }
    const { connection, keys } = connectionOf(about, one, { ...origin, baseUrl: origin.baseUrl }, imported.notes)
    imported.connections.push(connection)
    imported.keys.push(...keys)
  }
  return imported
}

function connectionOf(about: string, one: Json, origin: Origin & { baseUrl: string }, notes: Note[]) {
  const options = object(one['options'])
  const note = (message: string) => notes.push({ about, message })
  const id = importedId('auth0', text(one['id']) ?? about)
  const tenant = origin.auth0Tenant ?? URL.parse(origin.baseUrl)?.hostname.split('.')[0]
  const { attributes, subject } = mappingOf(options['fieldsMap'], note)
  const keys = keysOf(id, options, note)
  const connection = entryOf({
    ...{ id, tenant: tenantName(about), name: (text(one['display_name']) ?? about).slice(0, 200) },
    ...providerOf(options, note),
    request_binding: /HTTP-POST$/.test(String(options['protocolBinding'])) ? 'post' : undefined,
    logout_url: isOn(options['disableSignout']) ? undefined : text(options['signOutEndpoint']),
    domains: Array.isArray(options['domain_aliases']) ? options['domain_aliases'] : undefined,
    sign_requests: isOn(options['signSAMLRequest']) ? undefined : false,
    allow_idp_initiated: isOn(object(options['idpinitiated'])['enabled']) ? true : undefined,
    ...{ attributes, subject },
    sp_entity_id: text(options['entityId']) ?? origin.entityId ?? `urn:auth0:${tenant}:${about}`,
    acs_aliases: [origin.acsUrl ?? `${origin.baseUrl}/login/callback?connection=${encodeURIComponent(about)}`],
  })
  return { connection, keys }
}

// Auth0 does not keep the entity ID of an identity provider, except in its metadata.
function providerOf(options: Json, note: (message: string) => void): Json {
  if (text(options['metadataXml'])) return { metadata_xml: text(options['metadataXml']) }
  if (text(options['metadataUrl'])) note('metadataUrl is not fetched: give its content as metadataXml')
  const issuer = text(options['issuer'])
  if (!issuer)
    note(
      'Auth0 does not keep the entity ID of the identity provider: add it to the options as issuer, or the metadata as metadataXml',
    )
  return {
    issuer,
    sign_on_url: text(options['signInEndpoint']),
    certificates: usableCertificates([options['signingCert'] ?? options['cert']], note),
  }
}

function keysOf(id: string, options: Json, note: (message: string) => void): ImportedKey[] {
  const [signing, decryption] = [keyAndCert(options['signing_key']), keyAndCert(options['decryptionKey'])]
  if (isOn(options['signSAMLRequest']) && signing.key === undefined)
    note(
      'requests were signed with the key of the Auth0 tenant, which it does not hand out: an identity provider that verifies requests needs our certificate',
    )
  if (decryption.key === undefined)
    note(
      'assertions that are encrypted for the key of the Auth0 tenant cannot be opened here: it does not hand that key out',
    )
  return heldKeys(
    id,
    [
      { ...signing, purpose: 'signing' },
      { ...decryption, purpose: 'encryption' },
    ],
    note,
  )
}

function mappingOf(
  fieldsMap: unknown,
  note: (message: string) => void,
): { attributes: Json | undefined; subject: string | undefined } {
  const given = typeof fieldsMap === 'string' ? parsed(fieldsMap) : object(fieldsMap)
  const { user_id, ...claims } = given
  const names = (value: unknown) => [value].flat().flatMap(one => text(one) ?? [])
  const [subject, ...others] = names(user_id)
  if (others.length > 0) note(`user_id came from the first of several attributes; here it is ${subject}`)
  const kept = Object.entries(claims).filter(([claim]) => {
    const takes = isClaim(claim)
    if (!takes) note(`fieldsMap.${claim} was left out: it is no claim that a mapping may set`)
    return takes
  })
  const attributes = Object.fromEntries(kept.map(([claim, value]) => [claim, names(value)]))
  return { attributes: kept.length > 0 ? attributes : undefined, subject }
}

function parsed(json: string): Json {
  try {
    return object(JSON.parse(json))
  } catch {
    return {}
  }
}
