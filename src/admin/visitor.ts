// The desk: who may read the admin pages, and who may change something there. This room owns the roles, the sessions of the admin
// key, and the answer to who is before us; it hands on a Visitor. It never sees a page, and trusts no role that a token claims.

import { createHash } from 'node:crypto'
import type { Session } from '../sessions/session.ts'

/** Viewers read; operators also change. */
export type AdminRole = 'viewer' | 'operator'

/** Somebody at the admin pages. `actor` is who the audit log names. */
export interface Visitor {
  actor: 'admin-key' | `person:${string}`
  name: string
  role: AdminRole
  /** What the browser's cookie holds; the token of its forms is made of it. */
  secret: string
}

/** How long the admin key counts in a browser, in seconds: in all, and without being used. */
export const deskTtl = 8 * 3600
/** Seconds without use. */
export const deskIdleTtl = 1800

/** The roles that a connection grants for these pages, the higher first. */
export const roleNames = { operator: 'assay-operator', viewer: 'assay-viewer' } as const

/** What is kept of the admin key in a session of its: where the key is another one, the session is over. */
export function keyMark(adminKeyHash: Buffer): Buffer {
  return createHash('sha256').update('admin-session:').update(adminKeyHash).digest()
}

/**
 * Who a session stands for at these pages: somebody of the connection that is named for it, with one of the roles, who signed in at
 * most eight hours ago. Undefined for everybody else.
 */
export function visitorOf(
  session: Session,
  adminConnection: string | undefined,
  secret: string,
  now: Date,
): Visitor | undefined {
  if (adminConnection === undefined || session.connection_id !== adminConnection) return undefined
  if (!(now.getTime() - session.created_at.getTime() < deskTtl * 1000)) return undefined
  const { roles, name, email } = session.claims
  const held: readonly unknown[] = Array.isArray(roles) ? roles : []
  const role = (['operator', 'viewer'] as const).find(one => held.includes(roleNames[one]))
  if (!role) return undefined
  const called = [name, email].find(one => typeof one === 'string' && one !== '')
  return { actor: `person:${session.sub}`, name: typeof called === 'string' ? called : session.sub, role, secret }
}
