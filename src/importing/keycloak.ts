// Keycloak: the SAML identity providers of a realm that it brokers, from a realm export (`kc.sh export`; the console's export masks keys).

import {
  clockSkew,
  entryOf,
  type Imported,
  importedId,
  isOn,
  type Json,
  type Note,
  type Origin,
  object,
  tenantName,
  text,
  usableCertificates,
} from './imported.ts'
import { attributesAndRoles } from './keycloak-mappers.ts'
import { keysFor, readSpKey } from './sp-key-material.ts'

/** Imports; throws where the address of Keycloak is neither in the export nor given. */
export function importKeycloak(realm: unknown, origin: Origin): Imported {
  const { realm: name, attributes, identityProviders, identityProviderMappers, components } = object(realm)
  const base = (origin.baseUrl ?? text(object(attributes)['frontendUrl']))?.replace(/\/+$/, '')
  if (base === undefined) throw new Error('Give the address of Keycloak as --base-url https://….')
  const url = `${base}/realms/${encodeURIComponent(String(name))}`
  const notes: Note[] = []
  const mappers = list(identityProviderMappers)
  const connections = list(identityProviders).flatMap(provider => {
    const about = String(provider['alias'])
    const own = mappers.filter(one => one['identityProviderAlias'] === about)
    return connectionOf(String(name), about, provider, { url, own, origin }, (message: string) =>
      notes.push({ about, message }),
    )
  })
  const keys = realmKeys(object(components)['org.keycloak.keys.KeyProvider'], notes)
  const ids = connections.map(one => String(one['id']))
  return { connections, keys: keys.flatMap(({ material, purposes }) => keysFor(ids, material, purposes)), notes }
}

interface Surroundings {
  url: string
  own: Json[]
  origin: Origin
}

function connectionOf(
  realm: string,
  about: string,
  provider: Json,
  { url, own, origin }: Surroundings,
  note: (message: string) => void,
): Json[] {
  const config = object(provider['config'])
  if (provider['providerId'] !== 'saml') {
    note(`was not taken over: it is of the kind ${String(provider['providerId'])}, not saml`)
    return []
  }
  if (!text(config['idpEntityId']))
    note('has no idpEntityId, the entity ID of the identity provider, which is always compared here: add it')
  if (!isOn(config['validateSignature'])) note('signatures were not verified there (validateSignature), here they are')
  const principal = ['ATTRIBUTE', 'FRIENDLY_ATTRIBUTE'].includes(String(config['principalType']))
  return [
    entryOf({
      ...{ id: importedId('keycloak', realm, about), tenant: tenantName(about) },
      name: (text(provider['displayName']) ?? about).slice(0, 200),
      issuer: text(config['idpEntityId']),
      sign_on_url: text(config['singleSignOnServiceUrl']),
      request_binding: isOn(config['postBindingAuthnRequest']) ? 'post' : undefined,
      logout_url: text(config['singleLogoutServiceUrl']),
      logout_binding: text(config['singleLogoutServiceUrl']) && isOn(config['postBindingLogout']) ? 'post' : undefined,
      certificates: usableCertificates(String(config['signingCertificate'] ?? '').split(','), note),
      enabled: provider['enabled'] === false ? false : undefined,
      sign_requests: isOn(config['wantAuthnRequestsSigned']) ? undefined : false,
      nameid_format: text(config['nameIDPolicyFormat']),
      force_authn: isOn(config['forceAuthn']) ? true : undefined,
      require_signed: isOn(config['wantAssertionsSigned']) ? 'assertion' : undefined,
      require_encrypted: isOn(config['wantAssertionsEncrypted']) ? true : undefined,
      clock_skew: clockSkew(Number(config['allowedClockSkew'] ?? 0), note),
      subject: principal ? text(config['principalAttribute']) : undefined,
      ...attributesAndRoles(own, note),
      sp_entity_id: text(config['entityId']) ?? origin.entityId ?? url,
      acs_aliases: [origin.acsUrl ?? `${url}/broker/${encodeURIComponent(about)}/endpoint`],
    }),
  ]
}

// The realm's own RSA keys: the one of the highest priority signs; those for encryption open, or the one that signs where there are none.
function realmKeys(components: unknown, notes: Note[]) {
  const first = (config: Json, member: string) => [config[member]].flat()[0]
  const providers = list(components)
    .map(one => ({ providerId: String(one['providerId']), name: String(one['name']), config: object(one['config']) }))
    .filter(({ providerId, config }) => /^(rsa|java-keystore)/.test(providerId) && first(config, 'enabled') !== 'false')
    .sort((a, b) => Number(first(b.config, 'priority') ?? 0) - Number(first(a.config, 'priority') ?? 0))
  const read = providers.flatMap(({ providerId, name, config }) => {
    const material = readSpKey(text(first(config, 'privateKey')) ?? '', text(first(config, 'certificate')))
    if (typeof material !== 'string')
      return [{ encrypts: /enc/.test(providerId) || first(config, 'keyUse') === 'ENC', material }]
    notes.push({ about: `key ${name}`, message: `was not taken over: it ${material}` })
    return []
  })
  const [opening, signing] = [read.filter(one => one.encrypts), read.find(one => !one.encrypts)]
  if (!signing) notes.push({ about: 'realm', message: 'no key that signs requests was taken over' })
  return [
    ...(signing
      ? [{ material: signing.material, purposes: opening.length > 0 ? (['signing'] as const) : undefined }]
      : []),
    ...opening.map(({ material }) => ({ material, purposes: ['encryption'] as const })),
  ]
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(object) : []
}
