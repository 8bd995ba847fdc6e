// What has to be done so that what is kept becomes what files ask for. Nothing to do is an empty plan: applying twice is applying once.

import { type Client, settingsOf as clientSettings, defaultClientId, hasSecret } from '../clients/client.ts'
import { type Mistake, Problem } from '../problem.ts'
import type { Desired, DesiredClient, DesiredConnection } from './desired.ts'
import { type Difference, differences } from './difference.ts'
import { draftOf, type Kept, type Written, writtenClient, writtenConnection } from './written.ts'

/** One change. `version` is what it was planned over; a secret is only ever said to change. */
export interface Change {
  kind: 'connection' | 'client'
  id: string
  name: string
  does: 'create' | 'change' | 'remove'
  differences: Difference[]
  version: number | undefined
}

/** Every change, in the order of the file, what is removed last; and how much is as it should be. */
export interface Plan {
  changes: Change[]
  unchanged: number
}

/** Plans. With `prune` what no file names is removed, of the kinds that the files hold; throws `invalid_request` for a missing secret. */
export function planChanges(desired: Desired, kept: Kept, prune: boolean): Plan {
  const connections = new Map(kept.connections.map(one => [one.id, one]))
  const clients = new Map(kept.clients.map(one => [one.client_id, one]))
  const missing = (desired.clients ?? []).flatMap(one => missingSecret(one, clients.get(one.settings.client_id)))
  if (missing.length > 0) throw new Problem('invalid_request', { mistakes: missing })
  const put = [
    ...(desired.connections ?? []).map(one => planConnection(one, connections)),
    ...(desired.clients ?? []).map(one => planClient(one, clients.get(one.settings.client_id))),
  ]
  const changes = put.filter(one => one.does === 'create' || one.differences.length > 0)
  return { changes: [...changes, ...(prune ? removals(desired, kept) : [])], unchanged: put.length - changes.length }
}

function planConnection(
  { id, draft }: DesiredConnection,
  kept: ReadonlyMap<string, Kept['connections'][number]>,
): Change {
  const current = kept.get(id)
  const before = current ? fingerprinted(writtenConnection(id, draftOf(current)), current) : {}
  const found = differences(before, fingerprinted(writtenConnection(id, draft), draft))
  return { kind: 'connection', id, name: draft.settings.name, ...doing(current), differences: found }
}

function planClient({ settings, secretHash }: DesiredClient, current: Client | undefined): Change {
  const before = current ? writtenClient(clientSettings(current)) : {}
  const found = differences(before, writtenClient(settings))
  const other = secretHash !== undefined && current?.secret_hash?.equals(secretHash) !== true
  const secret = other
    ? [{ member: 'secret', before: current?.secret_hash ? '(kept)' : undefined, after: '(another)' }]
    : []
  return {
    kind: 'client',
    id: settings.client_id,
    name: settings.name,
    ...doing(current),
    differences: [...found, ...secret],
  }
}

function doing(current: { version: number } | undefined): Pick<Change, 'does' | 'version'> {
  return { does: current ? 'change' : 'create', version: current?.version }
}

// A certificate is told by what an operator can compare, not by a page of base64.
function fingerprinted(
  written: Written,
  { certificates }: { certificates: readonly { sha256: string; subject: string }[] },
) {
  return { ...written, certificates: certificates.map(({ sha256, subject }) => `${sha256} ${subject}`) }
}

function missingSecret({ settings, secretHash, place }: DesiredClient, current: Client | undefined): Mistake[] {
  if (!hasSecret(settings) || secretHash || current?.secret_hash) return []
  return [
    { field: place('secret'), message: 'is needed, as this client has none yet: { env: NAME } or { file: PATH }.' },
  ]
}

function removals(desired: Desired, kept: Kept): Change[] {
  const named = {
    connections: desired.connections?.map(one => one.id),
    clients: desired.clients?.map(one => one.settings.client_id),
  }
  const remove = (kind: Change['kind'], id: string, { name, version }: { name: string; version: number }): Change => {
    return { kind, id, name, does: 'remove', differences: [], version }
  }
  const clients = kept.clients.filter(one => one.client_id !== defaultClientId)
  return [
    ...kept.connections
      .filter(one => named.connections?.includes(one.id) === false)
      .map(one => remove('connection', one.id, one)),
    ...clients
      .filter(one => named.clients?.includes(one.client_id) === false)
      .map(one => remove('client', one.client_id, one)),
  ]
}
