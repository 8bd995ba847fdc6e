// The command line: `npm run assay -- <verb>`, with the settings of the service. A verb prints what it did to stdout. Exit codes:
// 0 it is done, 1 it could not be done, 2 it was not asked properly (an unknown verb, a wrong setting).

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, otherKeys, readConfig } from './config.ts'
import { startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { type Db, openDatabase } from './db/pool.ts'
import { migrationsFolder } from './migrations.ts'
import { type Mistake, Problem } from './problem.ts'
import { type Sealer, sealer } from './seal.ts'

/** A verb answers its exit code; `failed` is the code where it could not be carried out. */
interface Verb {
  does: string
  failed: 1 | 2
  run: (config: Config, args: readonly string[]) => Promise<number>
}

const verbs: Readonly<Record<string, Verb>> = {
  migrate: {
    does: 'brings the schema of the database to head and prints the migrations that it applied',
    failed: 1,
    run: config => withDatabase(config, migrateToHead),
  },
  explain: {
    does: 'judges a response as the ACS would, changing nothing: --response FILE --connection ID|FILE.json [--at TIME] [--in-response-to ID] [--trace TRACE_ID] [--json]',
    failed: 2,
    run: async (config, args) => (await import('./cli-explain.ts')).runExplain(config, args, withHouse),
  },
  apply: {
    does: 'makes connections and clients what files say, after saying what that changes: -f FILE.yaml [--dry-run] [--prune [--yes]] [--json]',
    failed: 1,
    run: async (config, args) => (await import('./cli-apply.ts')).runApply(config, args, process.env, withHouse),
  },
  export: {
    does: 'prints what apply reads, without secrets: [--connection ID] [--json]',
    failed: 1,
    run: async (config, args) => (await import('./cli-apply.ts')).runExport(config, args, withHouse),
  },
  import: {
    does: 'turns what Polis, Keycloak, Auth0 or node-saml kept into a file that apply reads: polis|keycloak|auth0|node-saml SOURCE [--apply]',
    failed: 1,
    run: async (config, args) => (await import('./cli-import.ts')).runImport(config, args, process.env, withHouse),
  },
  keys: {
    does: 'list shows our keys; rotate [--leaked] makes the next signing key, or takes all out at once and begins with a new one',
    failed: 1,
    run: async (config, args) => (await import('./cli-keys.ts')).runKeys(config, args, withHouse),
  },
  audit: {
    does: 'verify [--from HASH] [--head HASH] walks the chain of audit events and says the first that is not as it was recorded',
    failed: 1,
    run: async (config, args) => (await import('./cli-audit.ts')).runAudit(config, args, withDatabase),
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
  return verb.run(config, args).catch(error => complain(verb.failed, reasons(error)))
}

function complain(exitCode: number, lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`)
  return exitCode
}

function reasons(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const mistakes = error instanceof Problem ? error.mistakes.map(asLine) : []
  return [error.message || String(error), ...mistakes, ...reasons(error.cause)]
}

async function withDatabase<T>(config: Config, work: (db: Db) => Promise<T>): Promise<T> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(config.dataDir) : undefined
  const db = openDatabase(config.databaseUrl ?? embedded?.url ?? '', { onIdleError: () => undefined })
  return work(db).finally(async () => {
    await db.close()
    await embedded?.stop()
  })
}

function withHouse<T>(config: Config, work: (db: Db, seal: Sealer) => Promise<T>): Promise<T> {
  const developmentKey = () => Buffer.from(readFileSync(join(config.dataDir, 'encryption.key'), 'utf8'), 'base64')
  return withDatabase(config, db => work(db, sealer(config.encryptionKey ?? developmentKey(), otherKeys(config))))
}

async function migrateToHead(db: Db): Promise<number> {
  const names = await migrate(db, migrationsFolder)
  for (const line of names.length > 0 ? names : ['The schema is at head.']) process.stdout.write(`${line}\n`)
  return 0
}
