// The service as tests use it: the real house on a database of its own, spoken to over its doors.

import { Writable } from 'node:stream'
import type { InjectOptions } from 'fastify'
import type { Test } from 'tap'
import { type Config, readConfig } from '../../src/config.ts'
import { type Ground, type House, openHouse } from '../../src/house.ts'
import { openLog } from '../../src/log.ts'
import { testDatabase } from './database.ts'
import { rsaPair } from './rsa.ts'

/** The admin key of every test. */
export const adminKey = 'an-admin-key-for-tests-of-thirty-two-characters'

// One pair a test file: making RSA keys is what takes longest at a first start.
const pair = rsaPair()

/** A service under test, with what it wrote to its log and a clock that the test turns. */
export interface TestApp extends House {
  config: Config
  log: string[]
  clock: { now: Date }
  /** Calls the admin API. */
  admin(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
}

/** An answer of a door. */
export interface Answer {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of a body
  body: any
}

/** Options of a service under test: settings, another replica's database, and RSA pairs where one for all is not enough. */
export interface TestAppOptions {
  settings?: Record<string, string>
  databaseUrl?: string
  makeRsaPair?: () => Promise<typeof pair>
  through?: Ground['through']
}

/** Opens a service on a fresh database (or as another replica on `databaseUrl`); it closes with the test. */
export async function testApp(
  t: Test,
  { settings = {}, databaseUrl, makeRsaPair = async () => pair, through }: TestAppOptions = {},
): Promise<TestApp & { databaseUrl: string }> {
  const url = databaseUrl ?? (await testDatabase(t)).url
  const environment = {
    DATABASE_URL: 'postgres://test',
    PUBLIC_URL: 'https://sso.example',
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    ADMIN_API_KEY: adminKey,
    LOG_LEVEL: 'debug',
    ...settings,
  }
  const config = readConfig(environment, () => '')
  if (Array.isArray(config)) throw new Error(JSON.stringify(config))
  config.databaseUrl = url
  const log: string[] = []
  const sink = new Writable({
    write(chunk, _, done) {
      log.push(String(chunk))
      done()
    },
  })
  const clock = { now: new Date() }
  const house = await openHouse(config, {
    logger: openLog(config.logLevel, sink),
    clock: () => clock.now,
    makeRsaPair,
    environment: process.env,
    ...(through ? { through } : {}),
  })
  t.teardown(() => house.close())
  return { ...house, config, log, clock, databaseUrl: url, admin: adminOf(house) }
}

function adminOf({ app }: House): TestApp['admin'] {
  return async (method, path, body, headers = {}) => {
    const request: InjectOptions = {
      method,
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${adminKey}`, ...headers },
    }
    if (body !== undefined) Object.assign(request, { payload: body })
    const answer = await app.inject(request)
    const text = answer.body
    return { status: answer.statusCode, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
}
