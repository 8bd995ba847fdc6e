// The wiring of the code flow.

import type { Client } from './clients/client.ts'
import { clientStore } from './clients/store.ts'
import type { OAuthDeps } from './http/oauth.ts'
import type { Started, StartInput } from './logins/start.ts'
import { type AuthorizeDeps, authorize } from './oauth/authorize.ts'
import { authenticateClient, recogniseClient } from './oauth/client-authentication.ts'
import { exchange } from './oauth/exchange.ts'
import type { Redemption } from './oauth/grant.ts'
import { type AccessClaims, introspect, revoke, userInfo } from './oauth/inspect.ts'
import { oauthStore } from './oauth/store.ts'
import { Problem } from './problem.ts'
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
  used: (session: Session) => void
  /** A client from memory, seconds old at most; throws `client_not_found`. */
  findClient: (clientId: string) => Promise<Client>
  /** A client from memory, however old. */
  anyClient: (clientId: string) => Promise<Client>
  /** Ends every session that fits. */
  endAll: (which: { sid: string }) => Promise<unknown>
  mint: ReturnType<typeof mintAccessToken>
  keyring: Keyring
}

/** The verbs of the code flow, as its doors use them. */
export function oauthVerbs({ config, db, clock, random, logger }: World, shared: Shared): OAuthDeps {
  const { publicUrl: issuer, sessionIdleTtl } = config
  const [store, clients, sessions] = [oauthStore(db), clientStore(db), sessionStore(db)]
  const { keys, published } = shared.keyring
  const idleSince = (now: Date) => new Date(now.getTime() - sessionIdleTtl * 1000)
  const findSession = (sid: string) => {
    const now = clock()
    return sessions.findBySid(sid, now, idleSince(now))
  }
  const grants = {
    ...store,
    ofCode: (hash: Buffer, as: Redemption, now: Date) => store.ofCode(hash, as, now, idleSince(now)),
    ofRefreshToken: (hash: Buffer, now: Date) => store.ofRefreshToken(hash, now, idleSince(now)),
  }
  const known = { keys: published, clock, issuer }
  const verify = verifyAccessToken<AccessClaims>(known)
  const inspect = { verify, findSession, findClient: clients.find, grants, clock, issuer }
  const proof = { consume: grants.consume, clock, audiences: [issuer, `${issuer}/token`] }
  const authenticate = authenticateClient({ ...proof, findClient: clients.find })
  return {
    authorize: authorize({
      ...{ clock, random, issuer, find: shared.find, resume: shared.resume },
      findClient: orNone(shared.findClient),
      readIdToken: readIdToken(known),
      save: grants.save,
      start: (connectionId, visitor, { clientId, request }) =>
        shared.start({ connectionId, clientId, returnTo: undefined, ...visitor, request }),
    }),
    authenticate,
    recognise: recogniseClient(authenticateClient({ ...proof, findClient: orNone(shared.anyClient) }), authenticate),
    exchange: exchange({
      ...{ grants, used: shared.used, findClient: clients.find, clock, random },
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

// A client that is not there, as an answer.
const orNone =
  (find: (clientId: string) => Promise<Client>) =>
  (clientId: string): Promise<Client | undefined> =>
    find(clientId).catch(error => {
      if (error instanceof Problem && error.code === 'client_not_found') return undefined
      throw error
    })
