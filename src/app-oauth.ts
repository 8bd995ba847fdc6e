// The wiring of the code flow.

import { clientStore } from './clients/store.ts'
import type { OAuthDeps } from './http/oauth.ts'
import type { Started, StartInput } from './logins/start.ts'
import { type AuthorizeDeps, authorize } from './oauth/authorize.ts'
import { authenticateClient } from './oauth/client-authentication.ts'
import { exchange } from './oauth/exchange.ts'
import { type AccessClaims, introspect, revoke, userInfo } from './oauth/inspect.ts'
import { oauthStore } from './oauth/store.ts'
import type { Session } from './sessions/session.ts'
import { sessionStore } from './sessions/store.ts'
import { mintIdToken } from './tokens/id-token.ts'
import type { Keyring } from './tokens/keyring.ts'
import type { mintAccessToken } from './tokens/mint.ts'
import { readIdToken, verifyAccessToken } from './tokens/verify.ts'
import type { World } from './world.ts'

/** What the code flow shares with the rest of the house. */
export interface Shared extends Pick<OAuthDeps, 'cookies'> {
  find: AuthorizeDeps<Started>['find']
  start: (input: StartInput) => Promise<Started>
  resume: (secret: string) => Promise<Session | undefined>
  /** Ends every session that fits. */
  endAll: (which: { sid: string }) => Promise<unknown>
  mint: ReturnType<typeof mintAccessToken>
  keyring: Keyring
}

/** The verbs of the code flow, as its doors use them. */
export function oauthVerbs({ config, db, clock, random, logger }: World, shared: Shared): OAuthDeps {
  const { publicUrl: issuer, sessionIdleTtl } = config
  const [grants, clients, sessions] = [oauthStore(db), clientStore(db), sessionStore(db)]
  const { keys, published } = shared.keyring
  const findSession = (sid: string) => {
    const now = clock()
    return sessions.findBySid(sid, now, new Date(now.getTime() - sessionIdleTtl * 1000))
  }
  const resume = async (sid: string) => {
    const session = await findSession(sid)
    if (session) await sessions.touch(new Map([[sid, clock()]]))
    return session
  }
  const known = { keys: published, clock, issuer }
  const verify = verifyAccessToken<AccessClaims>(known)
  const inspect = { verify, findSession, findClient: clients.find, grants, issuer }
  return {
    authorize: authorize({
      ...{ clock, random, issuer, find: shared.find, findClient: clients.find, resume: shared.resume },
      readIdToken: readIdToken(known),
      save: grants.save,
      start: (connectionId, visitor, { clientId, request }) =>
        shared.start({ connectionId, clientId, returnTo: undefined, ...visitor, request }),
    }),
    authenticate: authenticateClient({
      ...{ findClient: clients.find, consume: grants.consume, clock },
      audiences: [issuer, `${issuer}/token`],
    }),
    exchange: exchange({
      ...{ grants, resume, clock, random },
      endSession: sid => shared.endAll({ sid }),
      accessToken: shared.mint,
      idToken: mintIdToken({ keys, clock, issuer, ttl: config.tokenTtl }),
      onReuse: ({ client_id, sid }, secret) => logger.warn({ client_id, sid, secret }, 'a secret was used twice'),
    }),
    introspect: introspect(inspect),
    revoke: revoke(inspect),
    userInfo: userInfo(inspect),
    isOrigin: async origin => (await clients.withOrigin(origin)).length > 0,
    cookies: shared.cookies,
  }
}
