// What is kept, as a file asks for it: members in one order, what is as by default left out, nothing secret. Reading it again gives
// the same.

import { stringify } from 'yaml'
import {
  type Client,
  type ClientSettings,
  clientDefaults,
  settingsOf as clientSettings,
  defaultClientId,
} from '../clients/client.ts'
import { type Connection, settingsOf } from '../connections/connection.ts'
import { type ConnectionDraft, defaults } from '../connections/draft.ts'
import { differences } from './difference.ts'

/** What is written of one thing. */
export type Written = Record<string, unknown>

/** Everything that is kept, of the kinds that files speak of. */
export interface Kept {
  connections: readonly Connection[]
  clients: readonly Client[]
}

/** What the settings of a connection that is kept amount to. */
export function draftOf(connection: Connection): ConnectionDraft {
  return { settings: settingsOf(connection), certificates: connection.certificates }
}

const afterFirst = ['logout_url', 'logout_response_url', 'logout_binding']

/** A connection as a file asks for it. */
export function writtenConnection(id: string, { settings, certificates }: ConnectionDraft): Written {
  const { tenant, name, provider, issuer, sign_on_url, logout_url, logout_response_url, logout_binding, ...rest } =
    settings
  const { attributes, ...others } = rest
  const given = { provider, logout_url, logout_response_url, logout_binding, ...others }
  const own = Object.entries(withoutDefaults(given, defaults))
  const first = own.filter(([member]) => member === 'provider')
  const logout = own.filter(([member]) => afterFirst.includes(member))
  return {
    ...{ id, tenant, name },
    ...Object.fromEntries(first),
    ...{ issuer, sign_on_url },
    ...Object.fromEntries(logout),
    certificates: certificates.map(one => one.pem),
    ...Object.fromEntries(own.filter(([member]) => member !== 'provider' && !afterFirst.includes(member)).sort(byName)),
    ...writtenAttributes(attributes),
  }
}

/** A client as a file asks for it, without its secret. */
export function writtenClient({ client_id, name, audience, ...others }: ClientSettings): Written {
  return { client_id, name, audience, ...withoutDefaults(others, clientDefaults) }
}

/** Whether a client is the default one as the first start made it, so that every house has it. */
export function isFirstClient(client: Client, publicUrl: string): boolean {
  const { client_id, name, audience, origins, ...others } = writtenClient(clientSettings(client))
  const first = client_id === defaultClientId && name === 'Default client' && audience === publicUrl
  return first && differences(origins, [publicUrl]).length === 0 && Object.keys(others).length === 0
}

/** A whole file of what is kept, in YAML or JSON; always the same for the same. */
export function writeFile({ connections, clients }: Partial<Kept>, publicUrl: string, json: boolean): string {
  const own = clients?.filter(one => !isFirstClient(one, publicUrl))
  return writeContent(
    {
      connections: connections?.map(one => writtenConnection(one.id, draftOf(one))),
      clients: own?.map(one => writtenClient(clientSettings(one))),
    },
    json,
  )
}

/** A file with this content; of a kind that is undefined it says nothing. */
export function writeContent(
  content: { connections?: Written[] | undefined; clients?: Written[] | undefined },
  json: boolean,
): string {
  return json
    ? `${JSON.stringify(content, null, 2)}\n`
    : stringify(content, { lineWidth: 0, aliasDuplicateObjects: false })
}

// A claim of the defaults that a connection lacks is off there.
function writtenAttributes(attributes: ConnectionDraft['settings']['attributes']): Written {
  const off = Object.keys(defaults.attributes).filter(claim => !Object.hasOwn(attributes, claim))
  const all = [...Object.entries(attributes), ...off.map((claim): [string, string[]] => [claim, []])]
  const own = withoutDefaults(Object.fromEntries(all.sort(byName)), defaults.attributes)
  return Object.keys(own).length === 0 ? {} : { attributes: own }
}

function withoutDefaults(given: object, usual: object): Written {
  const standard = new Map<string, unknown>(Object.entries(usual))
  const isUsual = (member: string, value: unknown) =>
    standard.has(member) && differences(standard.get(member), value).length === 0
  return Object.fromEntries(Object.entries(given).filter(([member, value]) => !isUsual(member, value)))
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1
}
