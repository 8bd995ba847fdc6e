// `assay keys list` and `assay keys rotate [--leaked]`: our keys from the command line, with the settings of the service. Replicas
// that run follow within seconds.

import { signingKeyRotation } from './app-keys.ts'
import { commandLine } from './audit/event.ts'
import type { OpenHouse } from './cli-explain.ts'
import type { Config } from './config.ts'
import { spKeyState } from './connections/sp-key.ts'
import { spKeyStore } from './connections/sp-key-store.ts'
import type { Queryable } from './db/pool.ts'
import { openLog } from './log.ts'
import { sealedOtherwise } from './reseal.ts'
import type { Sealer } from './seal.ts'
import { keyState } from './tokens/signing-key.ts'
import { keyStore } from './tokens/store.ts'

const usage = 'usage: npm run assay -- keys list | keys rotate [--leaked]'

/** Runs the verb; answers 0, or 2 where it was not asked properly. */
export function runKeys(config: Config, args: readonly string[], open: OpenHouse): Promise<number> {
  const asked = args.join(' ')
  if (!['list', 'rotate', 'rotate --leaked'].includes(asked)) {
    process.stderr.write(`${usage}\n`)
    return Promise.resolve(2)
  }
  return open(config, async (db, sealer) => {
    const [clock, logger] = [() => new Date(), openLog('silent')]
    const rotate = signingKeyRotation({ config, db, sealer, clock, logger })
    if (asked !== 'list') await rotate(asked === 'rotate' ? 'asked' : 'leaked', commandLine)
    for (const line of await lines(db, sealer, clock())) process.stdout.write(`${line}\n`)
    return 0
  })
}

async function lines(db: Queryable, sealer: Sealer, now: Date): Promise<string[]> {
  const spKeys = await spKeyStore(db).list()
  const signing = (await keyStore(db).list()).map(
    key =>
      `${key.kid}  ${key.alg}  ${keyState(key, now)}  signs ${time(key.signs_from)} to ${time(key.signs_until)}, published until ${time(key.published_until)}`,
  )
  const sp = spKeys.map(
    key => `${key.id}  SP ${key.purpose}  ${spKeyState(key, spKeys)}  of ${key.connection_id ?? 'the service'}`,
  )
  return [...signing, ...sp, `not sealed under ENCRYPTION_KEY: ${await sealedOtherwise(db, sealer)}`]
}

function time(at: Date | null): string {
  return at === null ? 'further notice' : at.toISOString()
}
