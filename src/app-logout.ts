// The wiring of the way out: leaving, and the messages of single logout.

import { endingTransactions } from './app-sessions.ts'
import type { Book } from './connections/book.ts'
import type { SpKeyring } from './connections/sp-keyring.ts'
import { type SignOutDeps, signOutDoors } from './http/sign-out.ts'
import { hashOf } from './logins/login.ts'
import { leave } from './logouts/leave.ts'
import { receiveLogout } from './logouts/receive.ts'
import { logoutStore } from './logouts/store.ts'
import { Problem } from './problem.ts'
import type { Tools } from './saml/response.ts'
import { sessionStore } from './sessions/store.ts'
import type { World } from './world.ts'

/** What these doors share with the others. */
export interface LogoutParts extends Pick<SignOutDeps, 'findClient' | 'cookies'> {
  /** Counts a message that was refused. */
  refused: (code: string) => void
  book: Book
  spKeys: SpKeyring
  tools: Tools
  sessions: { end: (secret: string) => Promise<boolean>; ended: (sids: readonly string[]) => void }
}

/** The doors of signing out, wired. */
export function logoutDoors(
  world: World,
  { book, spKeys, tools, sessions, findClient, cookies, refused }: LogoutParts,
) {
  const { config, db, logger, clock, random } = world
  const { publicUrl } = config
  const logouts = logoutStore(db)
  const signingKey = spKeys.signing
  const ending = endingTransactions(world, sessions.ended)
  const findSession = (secret: string) => sessionStore(db).ofCookie(hashOf(secret))
  return signOutDoors({
    leave: leave({
      ...{ book, findSession, signingKey, clock, random, publicUrl },
      endSession: sessions.end,
      version: logouts.version,
      save: logouts.save,
      onError: err => logger.warn({ err }, 'signed out here; the identity provider could not be told'),
      ttl: config.loginTtl,
    }),
    receive: counting(
      refused,
      receiveLogout({
        ...{ book, tools, signingKey, clock, random, publicUrl },
        version: logouts.version,
        decryptionKeys: spKeys.decryption,
        transaction: work =>
          ending((tx, end) =>
            work({
              consume: logoutStore(tx).consume,
              named: sessionStore(tx).named,
              end: sid => end({ sid }, clock()),
            }),
          ),
        finish: logouts.finish,
      }),
    ),
    begun: (connectionId, browser) => logouts.begun(connectionId, hashOf(browser), clock()),
    opens: async secret => (await findSession(secret)) !== undefined,
    ...{ findClient, cookies, publicUrl },
  })
}

function counting(refused: LogoutParts['refused'], receive: SignOutDeps['receive']): SignOutDeps['receive'] {
  return input =>
    receive(input).catch((error: unknown) => {
      if (error instanceof Problem) refused(error.cause instanceof Problem ? error.cause.code : error.code)
      throw error
    })
}
