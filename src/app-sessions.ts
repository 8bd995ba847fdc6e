// The wiring of the guest book: sessions, clients and tokens in memory, the news that keeps memory true, the revocation feed.

import { recorder } from './app-audit.ts'
import { type Client, defaultClientId } from './clients/client.ts'
import { openClientMemory } from './clients/memory.ts'
import type { Queryable } from './db/pool.ts'
import type { SessionDeps } from './http/sessions.ts'
import type { FinishDeps } from './logins/finish.ts'
import { endSession, endSessions, endSessionsByOrder } from './sessions/end.ts'
import { openMemory, remember } from './sessions/memory.ts'
import { openNews } from './sessions/news.ts'
import { resumeSession } from './sessions/resume.ts'
import type { Session, SessionFilter } from './sessions/session.ts'
import { type SessionStore, sessionStore } from './sessions/store.ts'
import { openTouches, touchEvery } from './sessions/touches.ts'
import type { Keyring } from './tokens/keyring.ts'
import { openFeed } from './tokens/revocations.ts'
import type { World } from './world.ts'

/** What it needs beside the world. `findClient` reads the database. */
export interface SessionsDeps {
  keyring: Keyring
  findClient: (clientId: string | undefined, returnTo: string | undefined) => Promise<Client>
  onError: (error: unknown) => void
  /** Told how many sessions ended here. */
  ended: (count: number) => void
}

/**
 * Transactions in which sessions may be ended beside something else; `changed` hears after each of them which were, whether or not
 * it came to its end: the database may have carried out what it could not say any more.
 */
export function endingTransactions({ db }: Pick<World, 'db'>, changed: (ended: readonly string[]) => void) {
  return <T>(work: (tx: Queryable, end: SessionStore['end']) => Promise<T>): Promise<T> => {
    const ended: string[] = []
    const begun = db.transaction(tx =>
      work(tx, async (which, now) => {
        const sids = await sessionStore(tx).end(which, now)
        ended.push(...sids)
        return sids
      }),
    )
    return begun.finally(() => changed(ended))
  }
}

/** Opens the guest book. */
export function openSessions(world: World, { keyring, findClient, onError, ended: count }: SessionsDeps) {
  const { config, db, clock } = world
  const idleTtl = config.sessionIdleTtl
  const store = sessionStore(db)
  const memory = openMemory()
  const touches = openTouches({ write: store.touch, onMissing: memory.forget, clock, every: touchEvery(idleTtl) })
  const news = openNews({
    hear: async since => {
      const asked = clients.ids()
      const { ended, clients: states } = await store.news(since, asked)
      memory.forget(ended)
      clients.keep(states, asked)
      touches.flush().catch(onError)
    },
    forget: async () => {
      await touches.flush(true).catch(onError)
      memory.clear()
      clients.clear()
    },
    ...{ clock, onError, offlineTtl: config.sessionOfflineTtl },
  })
  const clients = openClientMemory({ find: clientId => findClient(clientId, undefined), trust: news.trust })
  const issuer = config.publicUrl
  const feed = openFeed({ list: store.revoked, keys: keyring.keys, clock, onError, issuer })
  const ended = (sids: readonly string[]) => {
    if (sids.length === 0) return
    memory.forget(sids)
    feed.expire()
    count(sids.length)
  }
  const ending = {
    // What many rows are locked for may meet another that does the same: a transaction is tried again then.
    end: (which: SessionFilter, now: Date) =>
      which.sid === undefined && which.secret_hash === undefined
        ? db.transaction(tx => sessionStore(tx).end(which, now))
        : store.end(which, now),
    onEnded: ended,
    clock,
  }
  const list: SessionDeps['list'] = (which, { cursor, limit }) => {
    const now = clock()
    return store.list(which, now, new Date(now.getTime() - idleTtl * 1000), cursor, limit)
  }
  const order = endSessionsByOrder({
    ...ending,
    transaction: work => db.transaction(tx => work({ end: sessionStore(tx).end, record: recorder(tx, clock) })),
  })
  return {
    resume: resumeSession({ memory, trust: news.trust, find: store.find, note: touches.note, clock, idleTtl }),
    end: endSession(ending),
    /** Ends every session that fits: the one verb for whoever ends sessions; an operator's order is recorded (`doors.end`). */
    endAll: endSessions(ending),
    /** These sessions were ended here, in a transaction of somebody else. */
    ended,
    /** Keeps the session of a login in memory as it is accepted: the next request is the gateway's, unless it is a client's with a code. */
    remembering:
      (accept: FinishDeps['accept']): FinishDeps['accept'] =>
      async acceptance => {
        const before = memory.forgotten()
        const accepted = await accept(acceptance)
        if (typeof accepted === 'string' || acceptance.grant) return accepted
        memory.put(acceptance.secretHash.toString('base64'), { ...acceptance.session, sub: accepted.sub }, before)
        return accepted
      },
    /** Notes that a session was used which was read a moment ago. */
    used: (session: Session) => touches.note(remember(session), clock()),
    /** A client from memory, seconds old at most. */
    findClient: (clientId: string | undefined) => clients.get(clientId ?? defaultClientId),
    /** A client from memory, however old: whoever uses it must check its state. */
    anyClient: clients.any,
    /** Connections or clients were changed here, and these sessions ended in the same transaction. */
    changed: (sids: readonly string[]) => {
      ended(sids)
      news.doubt()
    },
    inMemory: memory.size,
    doors: { list, end: order, feed: feed.get } satisfies SessionDeps,
    /** Begins what runs beside the requests; what it answers stops that, and writes what waits. */
    start: () => {
      const timer = setInterval(() => {
        void news.refresh()
        touches.flush().catch(onError)
      }, 2_000)
      timer.unref()
      return async () => {
        clearInterval(timer)
        await touches.flush(true).catch(onError)
      }
    },
  }
}
