// The revocation feed: a signed list of the sessions that were ended while a token of them may still live. Backends poll it and
// refuse tokens with such a `sid` (docs/verifying.md). It is signed anew only when the list changes or half of its life is over.

import { createHash } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import { Problem } from '../problem.ts'
import { currentKey, type SigningKey } from './signing-key.ts'

/** What the feed needs; `list` answers sids in order. */
export interface FeedDeps {
  list: (now: Date) => Promise<string[]>
  keys: () => Promise<readonly SigningKey[]>
  clock: () => Date
  onError: (error: unknown) => void
  issuer: string
}

/** The feed as it is served: a compact JWS and its tag. */
export interface Feed {
  jws: string
  etag: string
  /** Milliseconds. */
  expiresAt: number
}

/** Seconds that a feed lives; from the full minute on, so that replicas say the same. */
export const feedTtl = 120

// Milliseconds for which the list is not read again.
const fresh = 1_000

/** Opens the feed. It goes on with what it knows while the database is away, until that expires: `unavailable` then. */
export function openFeed({ list, keys, clock, onError, issuer }: FeedDeps) {
  let served: Feed | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<Feed> | undefined
  let turn = 0

  // What was read before `expire` is never served after it.
  const read = async (): Promise<Feed> => {
    const mine = turn
    const now = clock()
    const minute = feedTtl / 2
    const iat = Math.floor(now.getTime() / 1000 / minute) * minute
    const sids = await list(now)
    const key = currentKey(await keys(), now)
    if (!key) throw new Problem('unavailable', { cause: new Error('No key may sign now') })
    const content = { iss: issuer, iat, exp: iat + feedTtl, sids }
    const etag = `W/"${createHash('sha256')
      .update(JSON.stringify([key.kid, content]))
      .digest('base64url')
      .slice(0, 22)}"`
    const feed = served?.etag === etag ? served : { etag, expiresAt: content.exp * 1000, jws: await sign(content, key) }
    if (mine !== turn) return readOnce()
    served = feed
    readAt = now.getTime()
    return feed
  }
  const readOnce = (): Promise<Feed> => {
    if (reading) return reading
    const mine = read().finally(() => {
      if (reading === mine) reading = undefined
    })
    reading = mine
    return mine
  }

  return {
    /** The feed of now. */
    async get(): Promise<Feed> {
      const age = clock().getTime() - readAt
      if (served && age >= 0 && age < fresh) return served
      return readOnce().catch(error => {
        onError(error)
        if (served && clock().getTime() < served.expiresAt) return served
        throw error
      })
    },
    /** A session was ended here: the next answer says so. */
    expire(): void {
      readAt = Number.NEGATIVE_INFINITY
      reading = undefined
      turn += 1
    },
  }
}

function sign(content: JWTPayload, { alg, kid, privateKey }: SigningKey): Promise<string> {
  return new SignJWT(content).setProtectedHeader({ alg, kid, typ: 'revoked-sessions+jwt' }).sign(privateKey)
}
