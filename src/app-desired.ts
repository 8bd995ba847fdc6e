// Files and the house: reads what files ask for with the checks of the admin API, and carries a plan out in one transaction.

import { changeKeeper, recorder } from './app-audit.ts'
import { commandLine } from './audit/event.ts'
import { putClient, removeClient } from './clients/manage.ts'
import { clientStore } from './clients/store.ts'
import { putConnection, removeConnection } from './connections/manage.ts'
import { metadataStore } from './connections/metadata-store.ts'
import { connectionStore } from './connections/store.ts'
import type { Db, Queryable } from './db/pool.ts'
import { type Desired, following, type Reading, readDesired } from './desired/desired.ts'
import { readFiles, type SourceFile } from './desired/document.ts'
import { type Change, type Plan, planChanges } from './desired/plan.ts'
import type { References } from './desired/reference.ts'
import type { Kept } from './desired/written.ts'
import { bodyMistakes } from './http/body.ts'
import { postSchema } from './http/body-schema.ts'
import { sessionStore } from './sessions/store.ts'
import { specification } from './specification.ts'

const lock = 4_715_062_206
const page = 500

/** What files ask for, read with the checks of the admin API; throws `invalid_request` with every mistake. */
export async function readDesiredFiles(
  files: readonly SourceFile[],
  references: References,
  now: Date,
): Promise<Desired> {
  mistakesOf ??= apiMistakes()
  return readDesired(readFiles(files), { ...references, now, mistakesOf })
}

// Made once: to compile the schemas takes longer than to judge by them.
let mistakesOf: Reading['mistakesOf'] | undefined

function apiMistakes(): Reading['mistakesOf'] {
  const said = specification()
  const schemas = {
    connections: postSchema(said, '/api/v1/connections'),
    clients: postSchema(said, '/api/v1/clients'),
  }
  return (kind, body, check) => bodyMistakes(body, schemas[kind](body), async sound => check(sound))
}

/** Everything that is kept, in the order of ids. */
export async function readKept(db: Queryable): Promise<Kept> {
  return {
    connections: await everything(
      after => connectionStore(db).list({ after, limit: page }),
      one => one.id,
    ),
    clients: await everything(
      after => clientStore(db).list(after, page),
      one => one.client_id,
    ),
  }
}

async function everything<T>(read: (after: string | undefined) => Promise<T[]>, key: (one: T) => string): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const last = all.at(-1)
    const found = await read(last && key(last))
    all.push(...found)
    if (found.length < page) return all
  }
}

/** How to apply: whether to remove what no file names; `agrees` sees the plan and says whether to go on. */
export interface Applying {
  prune: boolean
  agrees: (plan: Plan) => boolean
  clock: () => Date
  /** More that belongs to it, in the same transaction, after the changes. */
  also?: (tx: Queryable) => Promise<void>
}

/** Plans, and carries out what was agreed to: all of it or nothing, one apply at a time. */
export function applyDesired(db: Db, desired: Desired, { prune, agrees, clock, also }: Applying): Promise<Plan> {
  return db.transaction(async tx => {
    await tx.query('select pg_advisory_xact_lock($1)', [lock])
    const kept = await readKept(tx)
    const wanted = following(desired, kept.connections)
    const plan = planChanges(wanted, kept, prune)
    if (!agrees(plan)) return plan
    for (const change of plan.changes) await carryOut(tx, change, wanted, clock)
    await also?.(tx)
    return plan
  })
}

async function carryOut(tx: Queryable, change: Change, desired: Desired, clock: () => Date): Promise<void> {
  const { kind, id, does, version } = change
  const sessions = sessionStore(tx)
  if (kind === 'connection') {
    const { keep: keepMetadata, forget: forgetMetadata } = metadataStore(tx)
    const keeper = { ...changeKeeper(tx, clock, sessions.end), keepMetadata, forgetMetadata }
    const deps = { transaction: <T>(work: (one: typeof keeper) => Promise<T>) => work(keeper), clock }
    if (does === 'remove') return removeConnection(deps)(id, version, commandLine)
    const wanted = desired.connections?.find(one => one.id === id)
    if (wanted) await putConnection(deps)(id, wanted.draft, version, commandLine)
    return
  }
  const endSessions = (client_id: string, now: Date) => sessions.end({ client_id }, now)
  const keeper = { ...clientStore(tx), endSessions, record: recorder(tx, clock) }
  const deps = { transaction: <T>(work: (one: typeof keeper) => Promise<T>) => work(keeper), clock }
  if (does === 'remove') return removeClient(deps)(id, version, commandLine)
  const wanted = desired.clients?.find(one => one.settings.client_id === id)
  if (wanted) await putClient(deps)(wanted.settings, wanted.secretHash, version, commandLine)
}
