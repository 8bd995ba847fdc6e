// The service as a process of its own, several of them on one database, and HAProxy in front as examples/replicas has it.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { freePort, needPackages, temporaryFolder } from '../interop/support.ts'
import { adminKey } from '../support/app.ts'
import { type Running, run, until } from './process.ts'

const server = fileURLToPath(new URL('../../src/server.ts', import.meta.url))
const example = fileURLToPath(new URL('../../examples/replicas/haproxy.cfg', import.meta.url))

/** One process; `start` again after it was ended. */
export interface Replica {
  url: string
  running: Running
  /** Starts it and waits until it is ready. */
  start(): Promise<void>
}

/** What replicas share. */
export interface ReplicaOptions {
  databaseUrl: string
  publicUrl: string
  settings?: Record<string, string>
}

/** Starts one process and waits until it is ready. */
export async function startReplica(t: Test, { databaseUrl, publicUrl, settings }: ReplicaOptions): Promise<Replica> {
  const port = await freePort()
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', PORT: String(port), PUBLIC_URL: publicUrl, DATABASE_URL: databaseUrl },
    ...{ ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'), ADMIN_API_KEY: adminKey },
    ...{ TRUSTED_PROXIES: '127.0.0.1', ...settings },
  }
  const url = `http://127.0.0.1:${port}`
  const begin = () => run(t, [process.execPath, server], { env })
  const replica = {
    url,
    running: begin(),
    async start() {
      replica.running = begin()
      await ready(replica)
    },
  }
  await ready(replica)
  return replica
}

function ready({ url, running }: Replica): Promise<true> {
  const asked = async () => {
    if (running.child.exitCode !== null) throw new Error(running.output())
    return (await fetch(`${url}/readyz`)).ok || undefined
  }
  return until('the process is ready', asked).catch(error => {
    throw new Error(`${error}\n${running.output()}`)
  })
}

/** Three processes and HAProxy before them. */
export interface Stage {
  publicUrl: string
  replicas: [Replica, Replica, Replica]
}

/** Opens the stage on a database. */
export async function openStage(t: Test, databaseUrl: string, settings: Record<string, string> = {}): Promise<Stage> {
  await needPackages('haproxy')
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const start = () => startReplica(t, { databaseUrl, publicUrl, settings: { DRAIN_TIME: '4', ...settings } })
  const replicas: Stage['replicas'] = [await start(), await start(), await start()]
  const places = [port, ...replicas.map(({ url }) => Number(new URL(url).port))]
  const text = (await readFile(example, 'utf8')).replaceAll(/:(8080|809[123])$/gm, (_, found) => {
    return `:${places[found === '8080' ? 0 : Number(found) - 8090]}`
  })
  const { output } = await startHaproxy(t, await temporaryFolder(t), text)
  await until('HAProxy answers', async () => (await fetch(`${publicUrl}/readyz`)).ok).catch(error => {
    throw new Error(`${error}\n${output()}`)
  })
  return { publicUrl, replicas }
}

/** Starts HAProxy with a configuration. */
export async function startHaproxy(t: Test, home: string, configuration: string): Promise<Running> {
  const path = join(home, 'haproxy.cfg')
  await writeFile(path, configuration)
  const env = { PATH: `${process.env['PATH']}:/usr/sbin` }
  return run(t, ['haproxy', '-db', '-f', path], { env })
}
