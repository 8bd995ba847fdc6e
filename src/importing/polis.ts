// Polis (saml-jackson), from the rows of its table jackson_store: connections under saml:config, its own key under
// x509:certificates. All connections share one entity ID and one ACS URL, which stand in its settings and not in its database.

import { createDecipheriv } from 'node:crypto'
import {
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
import { keysFor, readSpKey } from './sp-key-material.ts'

/** A row of jackson_store. */
export interface PolisRow {
  key: string
  value: string
  iv: string | null
  tag: string | null
}

const itsEntityId = 'https://saml.boxyhq.com'
const itsNameIdFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

/** The key of DB_ENCRYPTION_KEY, as Polis reads it. */
export function polisKey(given: string): Buffer {
  return given.length === 32 ? Buffer.from(given, 'latin1') : Buffer.from(given, 'base64')
}

/** Imports; `encryptionKey` opens rows that are encrypted. Throws where one does not open, or an ACS URL is missing. */
export function importPolis(rows: readonly PolisRow[], encryptionKey: Buffer | undefined, origin: Origin): Imported {
  const acsUrl = origin.acsUrl ?? (origin.baseUrl && `${origin.baseUrl}/api/oauth/saml`)
  if (acsUrl === undefined)
    throw new Error('Polis keeps its address in its settings: give EXTERNAL_URL as --base-url, or --acs-url.')
  const of = (namespace: string) =>
    rows.filter(row => row.key.startsWith(`${namespace}:`)).map(row => opened(row, encryptionKey))
  const notes: Note[] = []
  const shared = { acsUrl, entityId: origin.entityId ?? itsEntityId }
  const connections = of('saml:config').flatMap(record => connectionOf(record, shared, notes))
  const [pair] = of('x509:certificates')
  const ids = connections.map(one => String(one['id']))
  if (!pair) return { connections, keys: [], notes: [...notes, noKey] }
  const key = readSpKey(text(pair['privateKey']) ?? '', text(pair['publicKey']))
  if (typeof key === 'string')
    return { connections, keys: [], notes: [...notes, { ...noKey, message: `its key ${key}` }] }
  return { connections, keys: keysFor(ids, key), notes }
}

const noKey = {
  about: 'Polis',
  message:
    'its database holds no key pair: where PRIVATE_KEY and PUBLIC_KEY set one, give it as --sp-key and --sp-cert',
}

function opened({ key, value, iv, tag }: PolisRow, encryptionKey: Buffer | undefined): Json {
  if (!iv || !tag) return object(JSON.parse(value))
  if (!encryptionKey) throw new Error('The rows are encrypted: set POLIS_ENCRYPTION_KEY to its DB_ENCRYPTION_KEY.')
  try {
    const decipher = createDecipheriv('aes-256-gcm', encryptionKey, Buffer.from(iv, 'base64'), { authTagLength: 16 })
    decipher.setAuthTag(Buffer.from(tag, 'base64'))
    return object(JSON.parse(Buffer.concat([decipher.update(value, 'base64'), decipher.final()]).toString('utf8')))
  } catch {
    throw new Error(`POLIS_ENCRYPTION_KEY does not open ${key}`)
  }
}

function connectionOf(record: Json, shared: { acsUrl: string; entityId: string }, notes: Note[]): Json[] {
  const [tenant, product, clientId] = ['tenant', 'product', 'clientID'].map(member => text(record[member]) ?? '')
  const about = `${tenant}/${product}`
  const note = (message: string) => notes.push({ about, message })
  if ('oidcProvider' in record) {
    note('is an OpenID Connect connection, which there is not here')
    return []
  }
  const idp = object(record['idpMetadata'])
  const [sso, slo] = [object(idp['sso']), object(idp['slo'])]
  const id = importedId('polis', clientId ?? '')
  if (text(record['metadataUrl'])) note('metadata_url was left out: what it held when Polis read it was taken')
  return [
    entryOf({
      id,
      tenant: tenantName(tenant ?? ''),
      name: (text(record['name']) ?? text(record['label']) ?? about).slice(0, 200),
      issuer: text(idp['entityID']),
      sign_on_url: text(sso['redirectUrl']) ?? text(sso['postUrl']),
      request_binding: text(sso['redirectUrl']) ? undefined : 'post',
      logout_url: text(slo['redirectUrl']) ?? text(slo['postUrl']),
      logout_binding: !text(slo['redirectUrl']) && text(slo['postUrl']) ? 'post' : undefined,
      certificates: usableCertificates(String(idp['publicKey'] ?? '').split(','), note),
      enabled: isOn(record['deactivated']) ? false : undefined,
      default_return_to: text(record['defaultRedirectUrl']),
      nameid_format: text(record['identifierFormat']) ?? itsNameIdFormat,
      force_authn: isOn(record['forceAuthn']) ? true : undefined,
      sp_entity_id: text(record['samlAudienceOverride']) ?? shared.entityId,
      acs_aliases: [text(record['acsUrlOverride']) ?? shared.acsUrl],
    }),
  ]
}
