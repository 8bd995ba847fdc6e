// Changing ENCRYPTION_KEY: what is sealed under ENCRYPTION_KEY_OLD is sealed anew, a batch at a time, by whichever replica comes by.
// Every batch is whole or undone, and a value that somebody changed in between is left to the next round.

import { recorder } from './app-audit.ts'
import { system } from './audit/event.ts'
import { spKeyContext } from './connections/sp-key.ts'
import type { Db, Queryable } from './db/pool.ts'
import { evidenceContext } from './logins/store.ts'
import { markLength, markOf, type Sealer } from './seal.ts'
import { testContext } from './setup/store.ts'
import { sealContext } from './tokens/keyring.ts'
import { secretContext } from './webhooks/webhook.ts'

/** Every column that holds sealed values, its row's key, and what is sealed with it as context. */
export const sealedColumns = [
  { table: 'signing_keys', id: 'kid', column: 'sealed_private_jwk', context: sealContext },
  { table: 'sp_keys', id: 'id', column: 'sealed_private_key', context: spKeyContext },
  { table: 'login_attempts', id: 'trace_id', column: 'sealed_evidence', context: evidenceContext },
  { table: 'setup_sessions', id: 'id', column: 'sealed_test', context: testContext },
  { table: 'webhooks', id: 'id', column: 'sealed_secret', context: secretContext },
] as const

type SealedColumn = (typeof sealedColumns)[number]
interface Value {
  id: string
  sealed: Buffer
}

const batch = 200
const mark = (column: string) => `substring(${column} from 1 for ${markLength})`
// Values of version 1 named no key.
const named = `'\\x02'`

/** How many values are sealed under a key that `sealer` lacks, by column; those it has none of are left out. */
export async function unopenable(db: Queryable, { marks }: Sealer): Promise<{ column: string; count: number }[]> {
  const found = []
  for (const { table, column } of sealedColumns) {
    const [row] = await db.query<{ count: number }>(
      `select count(*)::int as count from ${table}
       where ${column} is not null and ${mark(column)} >= ${named} and ${mark(column)} <> all($1)`,
      [marks.known],
    )
    found.push({ column: `${table}.${column}`, count: row?.count ?? 0 })
  }
  return found.filter(({ count }) => count > 0)
}

/** How many values are not under `sealer`'s own key. */
export async function sealedOtherwise(db: Queryable, { marks }: Sealer): Promise<number> {
  let sum = 0
  for (const { table, column } of sealedColumns) {
    const [row] = await db.query<{ count: number }>(
      `select count(*)::int as count from ${table} where ${column} is not null and ${mark(column)} <> $1`,
      [marks.own],
    )
    sum += row?.count ?? 0
  }
  return sum
}

/** What sealing anew goes by. */
export interface Resealing {
  sealer: Sealer
  clock: () => Date
}

/** Seals anew what `old` and what version 1 sealed; `left` values did not open. Each batch is recorded. Ends early when `signal` says so. */
export async function reseal(
  db: Pick<Db, 'transaction'>,
  by: Resealing,
  old: Buffer | undefined,
  signal?: AbortSignal,
): Promise<{ resealed: number; left: number }> {
  const sum = { resealed: 0, left: 0 }
  for (const column of sealedColumns) {
    let after: string | undefined = ''
    while (after !== undefined && !signal?.aborted) {
      const from: string = after
      const done = await db.transaction(tx => resealBatch(tx, by, column, old, from))
      sum.resealed += done.resealed
      sum.left += done.left
      after = done.after
    }
  }
  return sum
}

async function resealBatch(
  tx: Queryable,
  { sealer, clock }: Resealing,
  { table, id, column, context }: SealedColumn,
  old: Buffer | undefined,
  after: string,
): Promise<{ resealed: number; left: number; after: string | undefined }> {
  const values = await tx.query<Value>(
    `select ${id} as id, ${column} as sealed from ${table}
     where ${column} is not null and ${id} > $2 and (${mark(column)} = $1 or ${mark(column)} < ${named})
     order by ${id} limit ${batch} for update skip locked`,
    [old && markOf(old), after],
  )
  const anew = values.flatMap(one => {
    const sealed = sealedAnew(sealer, one.sealed, context(one.id))
    return sealed ? [{ id: one.id, sealed }] : []
  })
  await tx.query(
    `update ${table} set ${column} = anew.sealed from unnest($1::text[], $2::bytea[]) as anew (id, sealed)
     where ${table}.${id} = anew.id`,
    [anew.map(one => one.id), anew.map(one => one.sealed)],
  )
  if (anew.length > 0) {
    const after = { resealed: anew.length, left: values.length - anew.length }
    const subject = { subject_type: 'encryption_key', subject_id: `${table}.${column}` }
    await recorder(tx, clock)(system, {
      action: 'encryption_key.resealed',
      ...subject,
      trust: false,
      before: null,
      after,
    })
  }
  const last = values.length === batch ? values.at(-1)?.id : undefined
  return { resealed: anew.length, left: values.length - anew.length, after: last }
}

// One value that does not open keeps no other from being sealed anew.
function sealedAnew(sealer: Sealer, sealed: Buffer, context: string): Buffer | undefined {
  try {
    return sealer.seal(sealer.open(sealed, context), context)
  } catch {
    return undefined
  }
}
