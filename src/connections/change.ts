// What a change of a connection was: which members, and whether it changes whom we believe or what is said of people.

import { difference } from '../audit/event.ts'
import type { Connection } from './connection.ts'

/** A change as others are told of it: names of members, never their values. */
export interface ConnectionChange {
  action: 'created' | 'changed' | 'removed'
  connection: string
  tenant: string
  version: number
  /** Names of the members that are otherwise than before. */
  members: string[]
  /** Whether it changes whom we believe, or who gets which tokens. */
  trust: boolean
}

// What a connection is called, how its requests look and whether it is switched on is not whom we believe. All else is, also what comes.
const harmless: ReadonlySet<string> = new Set([
  ...['name', 'provider', 'default_return_to', 'request_binding', 'sign_requests', 'nameid_format', 'force_authn'],
  ...['logout_binding', 'tests', 'enabled'],
])

/** Whether one of these members says whom we believe, or who gets which tokens. */
export function isTrust(members: readonly string[]): boolean {
  return members.some(member => !harmless.has(member))
}

const unsaid: readonly string[] = ['id', 'version', 'created_at', 'updated_at']

/** The change between two states of a connection, one of which may be that it is not there. */
export function changeOf(before: Connection | undefined, after: Connection): ConnectionChange
export function changeOf(before: Connection, after: undefined): ConnectionChange
export function changeOf(before: Connection | undefined, after: Connection | undefined): ConnectionChange {
  const { id, tenant, version } = (after ?? before) as Connection
  const members = before && after ? changedMembers(before, after) : []
  return {
    action: !before ? 'created' : !after ? 'removed' : 'changed',
    ...{ connection: id, tenant, version, members },
    trust: !before || !after || isTrust(members),
  }
}

// In whatever order the members of an object came.
function changedMembers(before: Connection, after: Connection): string[] {
  return difference(before, after).names.filter(name => !unsaid.includes(name))
}
