// Scopes: what of a person goes into the ID token and to /userinfo. The access token holds every claim of the mapping whatever the
// scope, because backends decide by it and nobody else reads it.

import type { Session } from '../sessions/session.ts'

/** The scopes that mean something here, in the order in which they are told. */
export const scopes = ['openid', 'profile', 'email', 'groups', 'roles', 'offline_access'] as const

/** One of them. */
export type Scope = (typeof scopes)[number]

/** The known scopes of a space-separated list; others are left out (RFC 6749 §3.3), and the answer says which ones were granted. */
export function knownScopes(text: string): Scope[] {
  const asked = new Set(text.split(' '))
  return scopes.filter(scope => asked.has(scope))
}

const ofScope: Record<string, Scope> = { email: 'email', groups: 'groups', roles: 'roles', acr: 'openid' }

/** The claims that scopes let out: `acr`, `tenant` and `connection` always, a claim of its own scope with it, any other with `profile`. */
export function releasedClaims(
  { claims, tenant, connection_id }: Pick<Session, 'claims' | 'tenant' | 'connection_id'>,
  granted: readonly string[],
): Record<string, unknown> {
  const released = Object.entries(claims).filter(([claim]) => granted.includes(ofScope[claim] ?? 'profile'))
  return { ...Object.fromEntries(released), tenant, connection: connection_id }
}
