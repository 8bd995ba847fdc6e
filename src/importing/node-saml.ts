// node-saml and passport-saml: the options of one strategy, a list of them, or an object of them by name.

import {
  clockSkew,
  entryOf,
  type Imported,
  type ImportedKey,
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
import { heldKeys } from './sp-key-material.ts'

const itsNameIdFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

/** Imports. */
export function importNodeSaml(settings: unknown, origin: Origin): Imported {
  const imported: Imported = { connections: [], keys: [], notes: [] }
  for (const [name, options] of strategies(settings)) {
    const { connection, keys } = connectionOf(name, options, origin, imported.notes)
    if (connection) imported.connections.push(connection)
    if (connection) imported.keys.push(...keys)
  }
  return imported
}

function strategies(settings: unknown): [string, Json][] {
  if (Array.isArray(settings))
    return settings.map((one, at) => [text(object(one)['name']) ?? `strategy ${at + 1}`, object(one)])
  const all = object(settings)
  if ('entryPoint' in all) return [[text(all['name']) ?? hostOf(all['entryPoint']), all]]
  return Object.entries(all).map(([name, one]) => [name, object(one)])
}

function hostOf(url: unknown): string {
  return URL.parse(text(url) ?? '')?.hostname ?? 'saml'
}

function connectionOf(
  about: string,
  options: Json,
  origin: Origin,
  notes: Note[],
): { connection?: Json; keys: ImportedKey[] } {
  const note = (message: string) => notes.push({ about, message })
  const entityId = text(options['issuer']) ?? origin.entityId
  const acsUrl = text(options['callbackUrl']) ?? origin.acsUrl ?? withBase(options, origin)
  const idpIssuer = text(options['idpIssuer'])
  if (idpIssuer === undefined || entityId === undefined || acsUrl === undefined) {
    if (idpIssuer === undefined)
      note(
        'was not taken over: idpIssuer is missing, the entity ID of the identity provider, which is always compared here. Add it',
      )
    if (entityId === undefined)
      note('was not taken over: issuer is missing, its own entity ID. Add it, or give --entity-id')
    if (acsUrl === undefined) note('was not taken over: callbackUrl is missing. Add it, or give --acs-url')
    return { keys: [] }
  }
  const id = importedId('node-saml', entityId, idpIssuer, about)
  const keys = heldKeys(
    id,
    [
      { key: options['privateKey'], certificate: options['publicCert'] ?? options['signingCert'], purpose: 'signing' },
      { key: options['decryptionPvk'], certificate: options['decryptionCert'], purpose: 'encryption' },
    ],
    note,
  )
  sayDifferences(options, entityId, note)
  const idpCertificates = [options['idpCert'] ?? options['cert']].flat()
  const connection = entryOf({
    ...{ id, tenant: tenantName(about), name: about.slice(0, 200), issuer: idpIssuer },
    sign_on_url: text(options['entryPoint']),
    request_binding: options['authnRequestBinding'] === 'HTTP-POST' ? 'post' : undefined,
    logout_url: text(options['logoutUrl']),
    certificates: usableCertificates(idpCertificates, note),
    sign_requests: text(options['privateKey']) === undefined ? false : undefined,
    nameid_format:
      options['identifierFormat'] === null ? undefined : (text(options['identifierFormat']) ?? itsNameIdFormat),
    force_authn: isOn(options['forceAuthn']) ? true : undefined,
    require_signed: requireSigned(options),
    clock_skew: clockSkew(Number(options['acceptedClockSkewMs'] ?? 0) / 1000, note),
    ...{ sp_entity_id: entityId, acs_aliases: [acsUrl] },
  })
  return { connection, keys }
}

function withBase({ path }: Json, { baseUrl }: Origin): string | undefined {
  return baseUrl && text(path) ? `${baseUrl}${text(path)}` : undefined
}

// From version 4 on both are wanted unless said otherwise; idpCert is how version 5 calls what was cert before.
function requireSigned(options: Json): string | undefined {
  const wanted = (member: string) => (options[member] === undefined ? 'idpCert' in options : isOn(options[member]))
  const [assertion, response] = [wanted('wantAssertionsSigned'), wanted('wantAuthnResponseSigned')]
  if (assertion && response) return 'both'
  return assertion ? 'assertion' : response ? 'response' : undefined
}

function sayDifferences(options: Json, entityId: string, note: (message: string) => void): void {
  const { audience } = options
  if (audience === false) note('the audience is compared here, there it was not (audience: false)')
  if (text(audience) !== undefined && text(audience) !== entityId)
    note(
      `the audience must be ${entityId} here, there it was ${text(audience)}: responses will be refused until the identity provider is changed`,
    )
  if (Number(options['acceptedClockSkewMs']) === -1)
    note('times are compared here, there they were not (acceptedClockSkewMs: -1)')
  if ((options['validateInResponseTo'] ?? 'never') === 'never')
    note('unsolicited responses were taken there; here they are once allow_idp_initiated is on')
  if (options['authnContext'] !== undefined)
    note('authnContext was left out: set requested_authn_context where it is needed')
  if (options['signatureAlgorithm'] === undefined || options['signatureAlgorithm'] === 'sha1')
    note('requests were signed with SHA-1 there, here they are with SHA-256')
}
