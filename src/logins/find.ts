// Home realm discovery: from an e-mail address, a domain or a tenant to the connections that may be meant.

import { acceptsConnection, type Client } from '../clients/client.ts'
import type { Connection } from '../connections/connection.ts'

/** What this verb may use: connections that are switched on, by tenant or domain or (neither given) any, at most `limit`. */
export interface FindDeps {
  list: (filter: { tenant?: string; domain?: string; enabled: true; limit: number }) => Promise<Connection[]>
}

/** What a person or an application says of themselves; all but one are usually absent. */
export interface Hint {
  email?: string | undefined
  domain?: string | undefined
  tenant?: string | undefined
}

/** The domain of an e-mail address or of a domain as typed, lower case; undefined where it is neither. */
export function domainOf({ email, domain }: Hint): string | undefined {
  const text = (email === undefined ? domain : email.slice(email.lastIndexOf('@') + 1))
    ?.trim()
    .toLowerCase()
    .replace(/\.$/, '')
  if (email !== undefined && !email.includes('@')) return undefined
  return text && /^([a-z0-9-]+\.)+[a-z0-9-]+$/.test(text) ? text : undefined
}

/**
 * The connections that a hint may mean and the client accepts. Without a hint: the only connection there is, if there is only
 * one, so that nobody learns whose sign-ins live here.
 */
export function findConnections({ list }: FindDeps) {
  return async (hint: Hint, client: Client): Promise<Connection[]> => {
    const hinted = hint.email !== undefined || hint.domain !== undefined || hint.tenant !== undefined
    const domain = domainOf(hint)
    if (hinted && domain === undefined && hint.tenant === undefined) return []
    const filter = {
      ...(domain === undefined ? {} : { domain }),
      ...(hint.tenant === undefined ? {} : { tenant: hint.tenant }),
    }
    const found = await list({ ...filter, enabled: true, limit: 50 })
    const accepted = found.filter(connection => acceptsConnection(client, connection.id))
    return hinted || accepted.length === 1 ? accepted : []
  }
}
