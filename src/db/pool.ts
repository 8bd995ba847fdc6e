// The cellar: connections to PostgreSQL, transactions, migrations and the embedded server. It hands on rows and nothing
// of the driver. It never knows what a row means, never retries a lone statement (it may have happened), and keeps no
// state in a session, so that a transaction-mode PgBouncer may stand between.

import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseError, Pool, type PoolClient, TypeOverrides, types } from 'pg'
import { Problem } from '../problem.ts'

/** Whatever runs SQL: the pool or an open transaction. Values go in as `$1`…; without values the text may hold several statements. */
export interface Queryable {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/**
 * The database. A lost connection, a time-out or a full server is `Problem('unavailable')`, a text that holds the character NUL
 * `Problem('invalid_request')`; other errors are the driver's own.
 */
export interface Db extends Queryable {
  /** Begins, works, commits; rolls back when `work` throws. Runs `work` anew after 40001 and 40P01, at most 5 times in all. */
  transaction<T>(work: (tx: Queryable) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>
  /** Waits for what is under way, then ends every connection. May be called twice. */
  close(): Promise<void>
  /** How busy its connections are, where it can tell. */
  load?: () => PoolLoad
}

/** Connections that there may be and that are used; statements and transactions that wait for one. */
export interface PoolLoad {
  size: number
  used: number
  waiting: number
}

interface Session {
  client: PoolClient
  timeoutMs: number
  broken?: Error
}

const defaultTimeoutMs = 10_000
const unavailableCode = /^(08|53|57P|E(?!RR_))|^(25006|25P03|25P04|57014)$/
const unavailableMessage =
  /^(Connection terminated|timeout |Query read timeout|Client (has|was)|Cannot use a pool|There was an)/

/** A pool of at most `max` (10) connections to a `postgres:` URL; none is opened before it is needed. */
export function openDatabase(
  url: string,
  { onIdleError, max = 10 }: { onIdleError: (error: Error) => void; max?: number },
): Db {
  const pool = new Pool({
    connectionString: url,
    max,
    types: rowTypes(),
    application_name: 'assay',
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    maxLifetimeSeconds: 1_800,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  pool.on('error', onIdleError)
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= pool.end()
    return closed
  }
  return {
    query: async <Row>(text: string, values?: readonly unknown[]) =>
      (await withSession(pool, defaultTimeoutMs, session => run<Row>(session, text, values))).rows,
    transaction: (work, { timeoutMs = defaultTimeoutMs } = {}) =>
      retryConflicts(() => withSession(pool, timeoutMs, session => transact(session, work))),
    close,
    load: () => ({ size: max, used: pool.totalCount - pool.idleCount, waiting: pool.waitingCount }),
  }
}

/** The name of the constraint that a statement broke (SQLSTATE class 23), if that is what `error` says. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof DatabaseError && error.code?.startsWith('23') ? error.constraint : undefined
}

function rowTypes(): TypeOverrides {
  const overrides = new TypeOverrides()
  overrides.setTypeParser(types.builtins.INT8, text => {
    const value = Number(text)
    if (!Number.isSafeInteger(value)) throw new RangeError('A bigint is too large for a number')
    return value
  })
  return overrides
}

async function withSession<T>(pool: Pool, timeoutMs: number, use: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(translate)
  const session: Session = { client, timeoutMs }
  // A connection may also break between two queries: without a listener that would end the process.
  const onError = (error: Error) => {
    session.broken ??= error
  }
  client.on('error', onError)
  try {
    return await use(session)
  } finally {
    client.off('error', onError)
    client.release(session.broken)
  }
}

async function run<Row>(session: Session, text: string, values: readonly unknown[] = []) {
  if (session.broken) throw new Problem('unavailable', { cause: session.broken })
  const query = { text, values: [...values], query_timeout: session.timeoutMs }
  try {
    const result = await session.client.query(query)
    const last = Array.isArray(result) ? result.at(-1) : result
    return { command: String(last.command), rows: last.rows as Row[] }
  } catch (error) {
    if (isUnavailable(error)) session.broken = error
    return translate(error)
  }
}

async function transact<T>(session: Session, work: (tx: Queryable) => Promise<T>): Promise<T> {
  let open = true
  let failure: unknown
  const query = async <Row>(text: string, values?: readonly unknown[]): Promise<Row[]> => {
    if (!open) throw new Error('The transaction is over')
    try {
      return (await run<Row>(session, text, values)).rows
    } catch (error) {
      if (codeOf(error) !== '25P02') failure = error
      throw error
    }
  }
  // `set local` ends with the transaction: the server gives up its locks even if this process stands still.
  const limit = `${session.timeoutMs}ms`
  await run(
    session,
    `begin; set local statement_timeout = '${limit}'; set local idle_in_transaction_session_timeout = '${limit}'`,
  )
  try {
    const result = await work({ query })
    open = false
    // After a failed statement that `work` swallowed, PostgreSQL answers a commit with a rollback and no error.
    if ((await run(session, 'commit')).command !== 'COMMIT') throw failure
    return result
  } catch (error) {
    open = false
    if (!session.broken) await run(session, 'rollback').catch(() => undefined)
    throw error
  }
}

async function retryConflicts<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      const code = codeOf(error)
      if (tries === 5 || (code !== '40001' && code !== '40P01')) throw error
    }
    await sleep(Math.random() * 10 * 2 ** tries)
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function isUnavailable(error: unknown): error is Error {
  return error instanceof Error && (unavailableCode.test(codeOf(error) ?? '') || unavailableMessage.test(error.message))
}

// PostgreSQL stores every character but one, in a text (22021) and inside of JSON (22P05).
function isUnstorable(error: unknown): boolean {
  return ['22021', '22P05'].includes(codeOf(error) ?? '')
}

function translate(error: unknown): never {
  if (isUnstorable(error))
    throw new Problem('invalid_request', { detail: 'A text holds the character NUL.', cause: error })
  throw isUnavailable(error) ? new Problem('unavailable', { cause: error }) : error
}
