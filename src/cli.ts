// The command line: `npm run assay -- <verb>`, with the settings of the service. A verb prints what it did to stdout. Exit codes:
// 0 it is done, 1 it could not be done, 2 it was not asked properly (an unknown verb, a wrong setting).

import { readFileSync } from 'node:fs'
import { migrationsFolder } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { type Db, openDatabase } from './db/pool.ts'

/** A verb of the command line: what the usage says of it, and what it does; it answers the exit code. */
interface Verb {
  does: string
  run(config: Config, args: readonly string[]): Promise<number>
}

const verbs: Readonly<Record<string, Verb>> = {
  migrate: {
    does: 'brings the schema of the database to head and prints the migrations that it applied',
    run: config => withDatabase(config, migrateTo),
  },
}

process.exitCode = await main(process.argv.slice(2))

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (!verb) return refuse(['usage: npm run assay -- <verb>', ...Object.entries(verbs).map(usage)])
  const config = readConfig(process.env, path => readFileSync(path, 'utf8'))
  if (Array.isArray(config)) return refuse(config.map(({ field, message }) => `${field} ${message}`))
  return verb.run(config, args).catch(error => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  })
}

function usage([name, { does }]: [string, Verb]): string {
  return `  ${name}  ${does}`
}

function refuse(lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`)
  return 2
}

async function withDatabase(config: Config, work: (db: Db) => Promise<number>): Promise<number> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(config.dataDir) : undefined
  const db = openDatabase(config.databaseUrl ?? embedded?.url ?? '', { onIdleError: () => undefined })
  try {
    return await work(db)
  } finally {
    await db.close()
    await embedded?.stop()
  }
}

async function migrateTo(db: Db): Promise<number> {
  const names = await migrate(db, migrationsFolder)
  process.stdout.write(`${names.length === 0 ? 'The schema is at head.' : names.join('\n')}\n`)
  return 0
}
