// The wiring of what comes and goes at connections: metadata over the network, warnings, unknown signers.

import { lookup } from 'node:dns/promises'
import { changeKeeper } from './app-audit.ts'
import { endingTransactions } from './app-sessions.ts'
import { isLoopback } from './config.ts'
import { approveSigner } from './connections/approve.ts'
import type { ConnectionEvent } from './connections/event.ts'
import { metadataStore } from './connections/metadata-store.ts'
import { type RefreshDeps, refreshMetadata } from './connections/refresh.ts'
import type { SignerEvidence } from './connections/unknown-signer.ts'
import { unknownSignerStore } from './connections/unknown-signer-store.ts'
import { dueWarnings, warningDays } from './connections/warning.ts'
import type { Queryable } from './db/pool.ts'
import { isLoopbackAddress, isPublicAddress } from './fetching/address.ts'
import { type FetchDocument, openFetch } from './fetching/fetch.ts'
import { Problem } from './problem.ts'
import { emit } from './webhooks/outbox.ts'
import type { World } from './world.ts'

/** What the wiring of metadata stands on. */
export type MetadataWorld = Pick<World, 'config' | 'db' | 'logger' | 'clock' | 'random'>

/**
 * The way out. From the public internet by https; where PUBLIC_URL is plain http on this machine, that is in development, also from
 * this machine and by http.
 */
export function metadataFetch({ config: { publicUrl } }: Pick<World, 'config'>): FetchDocument {
  const development = publicUrl.startsWith('http://') && isLoopback(publicUrl)
  return openFetch({
    resolve: async name => (await lookup(name, { all: true })).map(({ address }) => address),
    mayReach: address => isPublicAddress(address) || (development && isLoopbackAddress(address)),
    plain: development,
  })
}

/** A number from 0 to 1. */
export function jitterOf({ random }: Pick<World, 'random'>): () => number {
  return () => random(2).readUInt16BE() / 0xffff
}

// Where events of connections are told: in the transaction of what happened. Webhooks hear of changes where changes are settled, and
// of certificates that end by notices of their own, which wait until nothing follows.
const toldElsewhere: readonly ConnectionEvent['type'][] = ['connection.changed', 'certificate.expiring']

function emitTo({ logger, clock }: Pick<World, 'logger' | 'clock'>, tx: Queryable) {
  return async ({ type, subject, data }: ConnectionEvent): Promise<void> => {
    logger.info({ event: type, connection: subject, ...data }, 'event')
    if (!toldElsewhere.includes(type))
      await emit(tx, { type, subject, data: { connection: subject, ...data } }, clock())
  }
}

/** The verbs behind the doors of this part; `changed` is told after each change of a connection. */
export function metadataVerbs(world: MetadataWorld, changed: (ended: readonly string[]) => void) {
  const { db, clock } = world
  const ending = endingTransactions(world, changed)
  const deps: RefreshDeps = {
    ...{ clock, fetch: metadataFetch(world), jitter: jitterOf(world) },
    transaction: work =>
      ending((tx, end) => {
        const metadata = metadataStore(tx)
        const keeper = { ...changeKeeper(tx, clock, end), emit: emitTo(world, tx) }
        return work({ ...keeper, holdMetadata: metadata.hold, keepMetadata: metadata.keep })
      }),
  }
  const approve = approveSigner({
    clock,
    transaction: work =>
      ending((tx, end) => {
        const signer = unknownSignerStore(tx).find
        return work({ ...changeKeeper(tx, clock, end), signer, emit: emitTo(world, tx) })
      }),
  })
  return { refresh: refreshMetadata(deps), approve, signers: unknownSignerStore(db).list }
}

const patienceMs = 5 * 60_000

/** Keeps evidence of an unknown signer. The refusal stands whether this succeeds or not. */
export function noteSigner(world: MetadataWorld) {
  const { db, clock, logger } = world
  return async (evidence: SignerEvidence | undefined): Promise<void> => {
    if (!evidence) return
    try {
      await db.transaction(async tx => {
        const sha256 = await unknownSignerStore(tx).note(evidence)
        const event = { type: 'certificate.unknown', subject: evidence.connectionId, data: { sha256 } } as const
        if (sha256 !== undefined) await emitTo(world, tx)(event)
        // Perhaps its metadata knows already.
        const now = clock()
        await metadataStore(tx).hurry(evidence.connectionId, now, new Date(now.getTime() - patienceMs))
      })
    } catch (err) {
      logger.warn({ err }, 'an unknown signer was not noted')
    }
  }
}

const atOnce = 4
const aTurn = 40
const day = 86_400_000

/** What is done every minute: warn of certificates that expire, fetch the metadata that is due. */
export function keepMetadata(world: MetadataWorld): (signal: AbortSignal) => Promise<void> {
  const { db, clock, logger } = world
  const { refresh } = metadataVerbs(world, () => undefined)
  const one = async (id: string, signal: AbortSignal) => {
    try {
      await refresh(id, signal)
    } catch (err) {
      // Removed or changed meanwhile: the next turn sees.
      const expected = signal.aborted || (err instanceof Problem && err.status < 500)
      if (!expected) logger.warn({ err, connection: id }, 'metadata stays as it was')
    }
  }
  return async signal => {
    await warn(world)
    for (let taken = 0; taken < aTurn && !signal.aborted; taken += atOnce) {
      const now = clock()
      const ids = await metadataStore(db).take(now, new Date(now.getTime() + patienceMs), atOnce)
      await Promise.all(ids.map(id => one(id, signal)))
      if (ids.length < atOnce) return
    }
  }
}

async function warn(world: MetadataWorld): Promise<void> {
  const { db, clock } = world
  const now = clock()
  const expiring = await metadataStore(db).expiring(now, new Date(now.getTime() + warningDays[0] * day))
  const due = dueWarnings(expiring, now)
  if (due.length === 0) return
  await db.transaction(async tx => {
    for (const { connection_id, ...data } of await metadataStore(tx).warn(due, now))
      await emitTo(world, tx)({ type: 'certificate.expiring', subject: connection_id, data })
  })
}
