// The process: environment, signals, the real clock, the log. It reads the settings, opens the house, listens, and leaves in order.

import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import { type Config, readConfig } from './config.ts'
import { openHouse } from './house.ts'
import { watchLoop } from './http/pressure.ts'
import { openLog } from './log.ts'

const config = readConfig(process.env, path => readFileSync(path, 'utf8'))
if (Array.isArray(config)) {
  process.stderr.write(`Assay does not start; these settings need a change:\n`)
  for (const { field, message } of config) process.stderr.write(`  ${field} ${message}\n`)
  process.exit(1)
}

const logger = openLog(config.logLevel)
try {
  const leaving = new AbortController()
  const house = await openHouse(config, {
    ...{ logger, leaving: leaving.signal, environment: process.env },
    pressure: watchLoop().now,
  })
  const drainMs = config.drainTime * 1000
  const grace = closeWithGrace({ delay: 20_000 + drainMs, logger: false }, async ({ err }) => {
    if (err) logger.fatal({ err }, 'leaving because of an error')
    leaving.abort()
    if (!err) await sleep(drainMs)
    await house.close()
  })
  house.app.addHook('onClose', () => grace.uninstall())
  await house.app.listen({ port: config.port, host: config.host })
  greet(config, house.newAdminKey)
} catch (err) {
  logger.fatal({ err }, 'Assay does not start')
  process.exitCode = 1
  setTimeout(() => process.exit(1), 1000).unref()
}

function greet({ publicUrl, demo }: Config, newAdminKey: string | undefined): void {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  logger.info({ url: publicUrl }, 'Assay listens')
  if (newAdminKey !== undefined) say(`\n  Admin key, shown this once: ${newAdminKey}`)
  if (!demo) return
  say('\n  Assay is ready. Three addresses worth opening:')
  say(`    ${publicUrl}/                       the demo: sign in as Alice`)
  say(`    ${publicUrl}/.well-known/jwks.json  the keys that backends verify with`)
  say(`    ${publicUrl}/openapi.yaml           the API: connections, clients, login attempts\n`)
}
