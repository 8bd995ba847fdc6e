// What is recorded of a client: what differs, and whether that decides who gets tokens and for what. Never its secret or a hash of it.

import { type Change, difference } from '../audit/event.ts'
import type { Client } from './client.ts'

const trustMembers: ReadonlySet<string> = new Set([
  ...['audience', 'redirect_uris', 'origins', 'confidential', 'has_secret', 'jwks', 'connections'],
])

/** A change of a client as it is recorded, with its versions; a renewed secret is trust. */
export function clientChange(action: string, before: Client | undefined, after: Client | undefined): Change {
  const { names, ...changed } = difference(before && recorded(before), after && recorded(after))
  return {
    ...{ action, subject_type: 'client', subject_id: (after ?? before)?.client_id ?? null },
    trust: action === 'client.secret_renewed' || names.some(name => trustMembers.has(name)),
    before: changed.before && { version: before?.version, ...changed.before },
    after: changed.after && { version: after?.version, ...changed.after },
  }
}

function recorded({ version: _v, secret_hash, created_at: _c, updated_at: _u, ...settings }: Client): object {
  return { ...settings, has_secret: secret_hash !== null }
}
