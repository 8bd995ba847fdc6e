// The stack that run.sh has brought up, as its test sees it: three origins, containers by the name of their service, and the
// secrets that must never be read anywhere. Everything is told by run.sh through the environment.

import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const { PUBLIC_URL = '', APP_URL = '', IDP_URL = '', ASSAY_SECRETS = '', COMPOSE_PROJECT_NAME = '' } = process.env

/** The origins that a browser sees: the service, the application behind the gateway, the identity provider. */
export const origins = { assay: PUBLIC_URL, app: APP_URL, idp: IDP_URL }

/** The content of every secret file, by its name. */
export const secrets: Record<string, string> = Object.fromEntries(
  readdirSync(ASSAY_SECRETS)
    .filter(name => !name.startsWith('.'))
    .map(name => [name, readFileSync(join(ASSAY_SECRETS, name), 'utf8')]),
)

const run = promisify(execFile)

/** What a command of the Docker client says, on both streams; throws where it fails. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout, stderr } = await run('docker', args, { maxBuffer: 2 ** 26 })
  return stdout + stderr
}

/** A container as `docker inspect` tells of it, as far as these tests look. */
export interface Container {
  Id: string
  Config: { User: string; Env: string[]; Labels: Record<string, string> }
  HostConfig: { ReadonlyRootfs: boolean; CapDrop: string[]; SecurityOpt: string[] }
  NetworkSettings: { Ports: Record<string, { HostIp: string }[] | null> }
  State: { StartedAt: string; ExitCode: number; Health?: { Status: string } }
}

const serviceOf = (one: Container) => one.Config.Labels['com.docker.compose.service'] ?? ''

async function every(): Promise<Container[]> {
  const label = `label=com.docker.compose.project=${COMPOSE_PROJECT_NAME}`
  const ids = await docker('ps', '--all', '--quiet', '--filter', label)
  return JSON.parse(await docker('inspect', ...ids.trim().split('\n')))
}

/** Every container of the stack by its service, those that have ended too. */
export async function containers(): Promise<Map<string, Container>> {
  return new Map((await every()).map(one => [serviceOf(one), one]))
}

/** The containers of every replica. */
export async function replicas(): Promise<Container[]> {
  return (await every()).filter(one => ['assay', 'replica'].includes(serviceOf(one)))
}

/** The container of a service. */
export async function container(service: string): Promise<Container> {
  const found = (await containers()).get(service)
  if (!found) throw new Error(`there is no ${service}`)
  return found
}

/** The HTTP status of an address; 0 where nobody answers. */
export async function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  const answer = await fetch(url, { headers, redirect: 'manual' }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.status ?? 0
}

/** Waits until `question` answers what is expected; throws after 60 seconds. */
export async function until<T>(question: () => Promise<T>, expected: T): Promise<void> {
  for (const end = performance.now() + 60_000; (await question()) !== expected; await sleep(200))
    if (performance.now() > end) throw new Error(`still not ${expected} after 60 s`)
}

/** Restarts a service's container as an operator would, and waits until the service is ready. */
export async function restart(service: string): Promise<void> {
  await docker('restart', '--time', '20', (await container(service)).Id)
  await until(() => statusOf(`${origins.assay}/readyz`), 200)
}

/** Asks the admin API. */
export async function adminApi<T>(path: string): Promise<T> {
  const headers = { authorization: `Bearer ${secrets['admin_api_key']}` }
  return (await (await fetch(`${origins.assay}/api/v1/${path}`, { headers })).json()) as T
}
