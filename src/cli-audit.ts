// `assay audit verify [--from HASH] [--head HASH]`: whether every audit event is there as it was recorded, with the settings of the
// service. Prints the hash of the last event, to be kept where nobody who can write the database can write.

import { parseArgs } from 'node:util'
import { auditStore } from './audit/store.ts'
import { type Kept, type Verdict, verifyChain } from './audit/verify.ts'
import type { Config } from './config.ts'
import type { Db } from './db/pool.ts'

const usage = `usage: npm run assay -- audit verify [--from HASH] [--head HASH]
  --from HASH  begins after the event with this hash, which was verified before
  --head HASH  an event with this hash, which was kept elsewhere, must be on the chain`

/** Runs the verb; answers 0 where the chain is whole, 1 where it is broken, 2 where it was not asked properly. */
export async function runAudit(
  config: Config,
  args: readonly string[],
  open: <T>(config: Config, work: (db: Db) => Promise<T>) => Promise<T>,
): Promise<number> {
  const kept = keptOf(args)
  if (!kept) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  const verdict = await open(config, db => verifyChain(auditStore(db))(kept))
  process.stdout.write(`${sentence(verdict)}\n`)
  return verdict.whole ? 0 : 1
}

function sentence(verdict: Verdict): string {
  if (verdict.whole)
    return `whole: ${verdict.walked} ${verdict.walked === 1 ? 'event' : 'events'} verified\nhead ${verdict.head.hash} (event ${verdict.head.seq})`
  return `broken${verdict.seq === 0 ? '' : ` at event ${verdict.seq}`}: ${verdict.why}`
}

function keptOf(args: readonly string[]): Kept | undefined {
  const hash = { type: 'string' } as const
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { from: hash, head: hash },
      allowPositionals: true,
    })
    const sound = Object.values(values).every(value => /^[0-9a-f]{64}$/.test(value))
    return sound && positionals.join(' ') === 'verify' ? values : undefined
  } catch {
    return undefined
  }
}
