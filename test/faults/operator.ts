// An operator who changes something all the time, until told to stop. Whatever was acknowledged must be in the audit log, once.

import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { adminKey } from '../support/app.ts'
import { run } from './process.ts'
import { admin } from './visitor.ts'

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** Begins; what it answers stops it, and answers the ids of the set-up links whose making was acknowledged. */
export function beginChanges(base: string, pause = 100): () => Promise<string[]> {
  const made: string[] = []
  let stopped = false
  const all = (async () => {
    for (; !stopped; await sleep(pause)) {
      const link = await admin<{ id: string }>(base, 'POST', '/setup-links', { tenant: 'acme' }).catch(() => undefined)
      if (link) made.push(link.id)
    }
  })()
  return async () => {
    stopped = true
    await all
    return made
  }
}

/** Which of these are not in the audit log exactly once. */
export async function unrecorded(base: string, ids: readonly string[]): Promise<string[]> {
  const wrong: string[] = []
  for (const id of ids) {
    const { items } = await admin<{ items: object[] }>(base, 'GET', `/audit-events?subject_id=${id}`)
    if (items.length !== 1) wrong.push(id)
  }
  return wrong
}

/** What `audit verify` says of the chain in a database. */
export async function verifiedChain(t: Test, databaseUrl: string): Promise<string> {
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', DATABASE_URL: databaseUrl, ADMIN_API_KEY: adminKey },
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  }
  const { child, output } = run(t, [process.execPath, cli, 'audit', 'verify'], { env })
  await once(child, 'close')
  return output()
}
