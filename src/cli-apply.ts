// `assay apply` and `assay export`: the house as files. Apply says what it will do before it does it; export writes what apply reads.

import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { applyDesired, readDesiredFiles, readKept } from './app-desired.ts'
import type { OpenHouse } from './cli-explain.ts'
import type { Config } from './config.ts'
import type { Plan } from './desired/plan.ts'
import { planText } from './desired/plan-text.ts'
import type { References } from './desired/reference.ts'
import { writeFile } from './desired/written.ts'
import { Problem } from './problem.ts'

/** The environment, as far as files may name it. */
export type Environment = Readonly<Record<string, string | undefined>>

const usage = 'usage: npm run assay -- apply -f FILE.yaml [-f FILE.yaml …] [--dry-run] [--prune [--yes]] [--json]'

/** Applies files; answers 0, 2 where the files are wrong or something would be removed without `--yes`. */
export async function runApply(
  config: Config,
  args: readonly string[],
  environment: Environment,
  open: OpenHouse,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      file: { type: 'string', short: 'f', multiple: true },
      ...{
        'dry-run': { type: 'boolean' },
        prune: { type: 'boolean' },
        yes: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    },
  })
  const { file: names = [], prune = false, yes = false, json = false } = values
  if (names.length === 0) return complain([usage])
  const dryRun = values['dry-run'] === true
  try {
    const files = names.map(name => ({ name, text: readInput(name) }))
    const desired = await readDesiredFiles(files, referencesOf(environment), new Date())
    return await open(config, async db => {
      let agreed = false
      const agrees = (plan: Plan) => {
        agreed = !dryRun && (yes || !plan.changes.some(one => one.does === 'remove'))
        return agreed
      }
      const plan = await applyDesired(db, desired, { prune, agrees, clock: () => new Date() })
      process.stdout.write(json ? `${JSON.stringify({ applied: agreed, ...plan }, null, 2)}\n` : planText(plan))
      if (agreed || dryRun)
        return say(json || plan.changes.length === 0, dryRun ? 'Nothing was done (--dry-run).' : 'Done.')
      return complain(['Nothing was done: something would be removed. Say --yes to remove it.'])
    })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'invalid_request') throw error
    return complain(error.mistakes.map(({ field, message }) => `${field} ${message}`))
  }
}

/** Prints what apply reads; `--connection ID` that one alone. */
export async function runExport(config: Config, args: readonly string[], open: OpenHouse): Promise<number> {
  const options = { connection: { type: 'string' }, json: { type: 'boolean' } } as const
  const { connection, json = false } = parseArgs({ args: [...args], options }).values
  return open(config, async db => {
    const kept = await readKept(db)
    const only = kept.connections.filter(one => connection === undefined || one.id === connection)
    if (connection !== undefined && only.length === 0) throw new Problem('connection_not_found')
    const { publicUrl } = config
    const content = connection === undefined ? kept : { connections: only }
    process.stdout.write(writeFile(content, publicUrl, json))
    return 0
  })
}

/** What the references of files stand for: paths are beside the file that names them. */
export function referencesOf(environment: Environment): References {
  return {
    env: name => (Object.hasOwn(environment, name) ? environment[name] : undefined),
    file: (path, from) => readFileSync(resolve(dirname(from), path), 'utf8'),
  }
}

// "-" is standard input.
function readInput(name: string): string {
  return readFileSync(name === '-' ? 0 : name, 'utf8')
}

function say(quiet: boolean, line: string): number {
  if (!quiet) process.stdout.write(`${line}\n`)
  return 0
}

function complain(lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`)
  return 2
}
