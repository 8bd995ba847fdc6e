// From settings to a service that may listen: database, migrations, first furniture, app. The process and the tests both come
// through here, so what the tests try is what runs.

import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { keepKeys } from './app-keys.ts'
import { keepMetadata } from './app-metadata.ts'
import { type Config, otherKeys } from './config.ts'
import { startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { type Db, openDatabase } from './db/pool.ts'
import { everyMinute } from './every-minute.ts'
import { type FirstStart, furnish } from './first-start.ts'
import type { Pressure } from './http/pressure.ts'
import { openJvmSchema } from './jvm-schema.ts'
import { migrationsFolder } from './migrations.ts'
import { Problem } from './problem.ts'
import { purge } from './purge.ts'
import { protocolSchema } from './saml/schema.ts'
import { readSchemas } from './schemas.ts'
import { sealer } from './seal.ts'

/** What the house stands on besides its settings; the defaults are the real ones. */
export interface Ground {
  logger: FastifyBaseLogger
  clock?: () => Date
  makeRsaPair?: FirstStart['makeRsaPair']
  /** What stands between the service and its database: a test that counts statements, or holds them back. */
  through?: (db: Db) => Db
  /** How long to wait for a database that does not answer yet, in milliseconds. */
  patience?: number
  /** Aborted some time before `close`, so that a balancer looks elsewhere while this process still answers. */
  leaving?: AbortSignal
  /** How the process fares, where requests may be turned away for that; unset: none ever is. */
  pressure?: () => Pressure
  /** Where Java is looked for. */
  environment?: Record<string, string | undefined>
}

/** A house that may listen. `close` lets requests under way finish, then the database go. */
export interface House {
  app: FastifyInstance
  db: Db
  /** Made just now: show it once. */
  newAdminKey: string | undefined
  close(): Promise<void>
}

/** Opens the house: migrates, furnishes, builds. Throws where the database does not answer in time. */
export async function openHouse(config: Config, ground: Ground): Promise<House> {
  const {
    logger,
    clock = () => new Date(),
    makeRsaPair = rsaPair,
    through = same,
    patience = 60_000,
    leaving = new AbortController().signal,
    pressure = () => 'none',
    environment = {},
  } = ground
  const embedded = config.databaseUrl === undefined ? await startEmbedded(config.dataDir) : undefined
  const pool = openDatabase(config.databaseUrl ?? embedded?.url ?? '', {
    onIdleError: err => logger.warn({ err }, 'a database connection was lost'),
  })
  const db = through(pool)
  const leave = async () => {
    await db.close()
    await embedded?.stop()
  }
  try {
    await whenAvailable(() => migrate(db, migrationsFolder), patience, logger)
    const seal = sealer(config.encryptionKey ?? (await developmentKey(config.dataDir)), otherKeys(config))
    const base = { db, config, sealer: seal, logger, clock, random: randomBytes, makeRsaPair }
    const { newAdminKey, adminKeyHash } = await furnish(base)
    const schema = protocolSchema(readSchemas())
    const jvmSchema = config.xsdValidator === 'jvm' ? openJvmSchema(environment) : undefined
    const world = { ...base, pressure, schema, jvmSchema, leaving, adminKeyHash }
    const app = await buildApp(world)
    const stopPurge = everyMinute(
      signal => purge(db, clock(), { signal, ttl: config.attemptsTtl }),
      err => logger.warn({ err }, 'expired rows stay for now'),
    )
    const stopKeys = everyMinute(keepKeys(world), err => logger.warn({ err }, 'keys stay as they are for now'))
    const stopMetadata = everyMinute(keepMetadata(world), err => logger.warn({ err }, 'metadata stays as it was'))
    const close = async () => {
      await app.close()
      await Promise.all([stopPurge(), stopKeys(), stopMetadata()])
      await leave()
    }
    return { app, db, newAdminKey, close }
  } catch (error) {
    await leave()
    throw error
  }
}

const same = (db: Db): Db => db

async function whenAvailable(work: () => Promise<unknown>, patience: number, logger: FastifyBaseLogger): Promise<void> {
  const end = performance.now() + patience
  for (;;) {
    try {
      await work()
      return
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'unavailable' || performance.now() >= end) throw error
      logger.warn('the database does not answer yet')
      await sleep(1000)
    }
  }
}

// Beside the embedded database only: config.ts refuses to go without ENCRYPTION_KEY otherwise.
async function developmentKey(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, 'encryption.key')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 }).catch(error => {
    if (error.code !== 'EEXIST') throw error
  })
  return Buffer.from(await readFile(path, 'utf8'), 'base64')
}

const generate = promisify(generateKeyPair)

function rsaPair(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return generate('rsa', { modulusLength: 3072 })
}
