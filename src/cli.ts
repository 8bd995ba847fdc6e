// The command line: `npm run assay -- <verb>`, with the settings of the service. A verb prints what it did to stdout. Exit codes:
// 0 it is done, 1 it could not be done, 2 it was not asked properly (an unknown verb, a wrong setting).

import { readFileSync } from 'node:fs'
import { migrationsFolder } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { type Db, openDatabase } from './db/pool.ts'
import type { Mistake } from './problem.ts'

type Verb = (config: Config, args: readonly string[]) => Promise<void>

const verbs: Readonly<Record<string, { does: string; run: Verb }>> = {
  migrate: {
    does: 'brings the schema of the database to head and prints the migrations that it applied',
    run: config => withDatabase(config, migrateToHead),
  },
}

const asLine = ({ field, message }: Mistake): string => `${field} ${message}`

process.exitCode = await main(process.argv.slice(2))

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  const usage = Object.entries(verbs).map(([verb, { does }]) => `  ${verb}  ${does}`)
  if (!verb) return complain(2, ['usage: npm run assay -- <verb>', ...usage])
  const config = readConfig(process.env, path => readFileSync(path, 'utf8'))
  if (Array.isArray(config)) return complain(2, config.map(asLine))
  return verb.run(config, args).then(
    () => 0,
    error => complain(1, reasons(error)),
  )
}

function complain(exitCode: number, lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`)
  return exitCode
}

function reasons(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  return [error.message || String(error), ...reasons(error.cause)]
}

async function withDatabase(config: Config, work: (db: Db) => Promise<void>): Promise<void> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(config.dataDir) : undefined
  const db = openDatabase(config.databaseUrl ?? embedded?.url ?? '', { onIdleError: () => undefined })
  await work(db).finally(async () => {
    await db.close()
    await embedded?.stop()
  })
}

async function migrateToHead(db: Db): Promise<void> {
  const names = await migrate(db, migrationsFolder)
  for (const line of names.length > 0 ? names : ['The schema is at head.']) process.stdout.write(`${line}\n`)
}
