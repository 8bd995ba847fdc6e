// The service under load, in a process of its own: the real house on an embedded database with one person signed in, and beside it a
// bare Fastify route. Tells its parent where it listens, and how much CPU time it has used whenever it is asked.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import Fastify, { type FastifyInstance } from 'fastify'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { openLog } from '../../src/log.ts'
import { adminKey } from '../support/app.ts'
import { connect, logIn, openBrowser } from '../support/browser.ts'
import { testIdp } from '../support/idp.ts'

const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'))
const config = readConfig({ DATA_DIR: folder, DEMO: 'off', ADMIN_API_KEY: adminKey }, () => '')
if (Array.isArray(config)) throw new Error(JSON.stringify(config))
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
const house = await openHouse(config, { logger: openLog(config.logLevel, nowhere) })
const idp = testIdp()
const browser = openBrowser(house.app)
await logIn(browser, idp, await connect(house.app, idp))

const bare = Fastify()
bare.get('/', async () => ({ status: 'ok' }))

process.on('message', async message => {
  if (message === 'cpu') process.send?.(process.cpuUsage())
  if (message !== 'leave') return
  await bare.close()
  await house.close()
  await rm(folder, { recursive: true, force: true })
  process.disconnect()
})
process.send?.({
  bare: await listen(bare),
  house: await listen(house.app),
  cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
})

async function listen(app: FastifyInstance): Promise<number> {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : 0
}
