import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import type { SpKeyMaking } from './connections/sp-key.ts'
import type { Db } from './db/pool.ts'
import type { Pressure } from './http/pressure.ts'
import type { JvmSchema } from './jvm-schema.ts'
import type { Schema } from './saml/schema.ts'
import type { Sealer } from './seal.ts'

/** Everything from outside that the house stands on. Tests build one with a clock and a database of their own. */
export interface World {
  config: Config
  db: Db
  sealer: Sealer
  logger: FastifyBaseLogger
  clock: () => Date
  random: (bytes: number) => Buffer
  /** An RSA pair for SAML. */
  makeRsaPair: SpKeyMaking['makeRsaPair']
  schema: Schema
  /** A second schema validator, where XSD_VALIDATOR asks for one. */
  jvmSchema: JvmSchema | undefined
  /** Aborted when this process is about to go: it answers on, and asks to be asked no more. */
  leaving: AbortSignal
  /** How the process fares: what it turns away. */
  pressure: () => Pressure
  /** SHA-256 of the admin key that counts. */
  adminKeyHash: Buffer
}
