// One PostgreSQL for all test files of a run, in a process of its own: `node postgres-server.ts FOLDER`. It ends when no
// test file is connected and the runner is gone. The folder stays, so that the next run starts in some ten milliseconds.

import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbedded } from '../../src/db/embedded.ts'
import { isAlive } from '../../src/db/postmaster.ts'
import { asAdmin, templateName } from './database.ts'

const folder = process.argv[2] ?? ''
const runners = new Set<number>()
let users = 0
let idleSince = Date.now() + 5_000

const postgres = await startEmbedded(folder)
await asAdmin(postgres.url, async client => {
  // Safe for the files, unlike fsync = off: a crash of the machine loses the last transactions at most.
  await client.query('alter system set synchronous_commit = off')
  await client.query('select pg_reload_conf()')
  const stale = `select datname from pg_database where datname like 't\\_%' or datname like 'assay\\_template\\_%'`
  const { rows } = await client.query<{ datname: string }>(stale)
  const kept = await templateName()
  for (const { datname } of rows) if (datname !== kept) await client.query(`drop database ${datname} with (force)`)
})

const control = createServer(socket => {
  users += 1
  socket.on('data', data => {
    const runner = Number(data)
    if (runner > 0) runners.add(runner)
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    users -= 1
    idleSince = Date.now()
  })
  socket.write(postgres.url)
})
await rm(join(folder, 'control'), { force: true })
control.listen(join(folder, 'control'))

while (users > 0 || Date.now() - idleSince < ([...runners].some(isAlive) ? 60_000 : 300)) await sleep(100)
control.close()
await postgres.stop()
