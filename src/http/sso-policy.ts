// What an application asks before it takes a password: must this person come through their company's sign-in?

import type { Connection } from '../connections/connection.ts'
import { mustSignIn } from '../connections/sso-required.ts'
import { domainOf, type FindDeps } from '../logins/find.ts'
import { Problem } from '../problem.ts'
import type { Doors } from './send.ts'

// Of one domain: were one left out, nobody would hear what it demands.
const all = 10_000

/** The door. */
export function ssoPolicyDoors({ list, publicUrl }: FindDeps & { publicUrl: string }): Doors {
  const shown = ({ id, tenant, name, sso_required }: Connection) => ({
    ...{ id, tenant, name, sso_required, login_url: `${publicUrl}/login/${id}` },
  })
  return {
    getSsoPolicy: async request => {
      const email = (request.query as { email: string }).email.trim().toLowerCase()
      const domain = domainOf({ email })
      if (domain === undefined)
        throw new Problem('invalid_request', { mistakes: [{ field: 'email', message: 'is no e-mail address.' }] })
      const connections = await list({ domain, enabled: true, limit: all })
      return { required: mustSignIn(email, connections), connections: connections.map(shown) }
    },
  }
}
