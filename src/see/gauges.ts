// The gauges: numbers that are true at one moment. Set at each scrape, from what the process and the database say.

import type { monitorEventLoopDelay } from 'node:perf_hooks'
import { gaugeOf, type Meters } from './meters.ts'

/** What a process can say of itself at any moment. */
export interface ProcessSight {
  pool: { used: number; waiting: number; size: number } | undefined
  judging: { queued: number; threads: number }
  sessionsInMemory: number
  /** Since when the current signing key signs; undefined where none can sign. */
  signsFrom: Date | undefined
}

/** What the database says, in one statement. Connections are those that are switched on. */
export interface Sight {
  /** Those whose last certificate ends first. */
  certificates: { connection: string; notAfter: Date }[]
  /** Those whose metadata was read the longest ago. */
  metadata: { connection: string; readAt: Date }[]
  connections: number
  /** Session ids in the revocation feed. */
  revoked: number
  webhooks: { waiting: number; dead: number; oldest: Date | null }
}

const dayMs = 86_400_000

/** Makes the gauges of a process; answers what sets them. */
export function processGauges(meters: Meters, loop: ReturnType<typeof monitorEventLoopDelay>) {
  const cpu = gaugeOf(meters, 'process_cpu_seconds', 'CPU time that the process has used, user and system')
  const memory = gaugeOf(meters, 'process_resident_memory_bytes', 'Memory that the process holds')
  const heap = gaugeOf(meters, 'process_heap_bytes', 'JavaScript heap in use')
  const uptime = gaugeOf(meters, 'process_uptime_seconds', 'Since the start of the process')
  const lag = gaugeOf(meters, 'event_loop_lag_seconds', 'How late the event loop was since the last scrape', 'quantile')
  const pool = gaugeOf(meters, 'pool_connections', 'Connections to the database', 'state')
  const waiting = gaugeOf(meters, 'pool_waiting', 'Statements that wait for a connection')
  const most = gaugeOf(meters, 'pool_size', 'Connections to the database that there may be')
  const queued = gaugeOf(meters, 'judging_queue', 'Large responses that wait for a thread')
  const threads = gaugeOf(meters, 'judging_threads', 'Threads that judge large responses')
  const sessions = gaugeOf(meters, 'sessions_in_memory', 'Sessions that this process answers from memory')
  const key = gaugeOf(meters, 'signing_key_age_seconds', 'Since when the current signing key signs; -1 where none can')
  return (sight: ProcessSight, now: Date): void => {
    const { user, system } = process.cpuUsage()
    cpu.set((user + system) / 1e6)
    memory.set(process.memoryUsage.rss())
    heap.set(process.memoryUsage().heapUsed)
    uptime.set(process.uptime())
    const late = (nanoseconds: number) => (loop.count > 0 ? Math.max(0, nanoseconds / 1e9 - resolution) : 0)
    for (const [quantile, value] of [
      ['0.5', loop.percentile(50)],
      ['0.99', loop.percentile(99)],
      ['1', loop.max],
    ] as const)
      lag.set({ quantile }, late(value))
    loop.reset()
    pool.set({ state: 'used' }, sight.pool?.used ?? 0)
    waiting.set(sight.pool?.waiting ?? 0)
    most.set(sight.pool?.size ?? 0)
    queued.set(sight.judging.queued)
    threads.set(sight.judging.threads)
    sessions.set(sight.sessionsInMemory)
    key.set(sight.signsFrom ? (now.getTime() - sight.signsFrom.getTime()) / 1000 : -1)
  }
}

/** Seconds between two looks at the event loop: what is measured beyond that is lag. */
export const resolution = 0.02

/** Makes the gauges of the database; answers what sets them. */
export function databaseGauges(meters: Meters) {
  const days = gaugeOf(
    meters,
    'certificate_days_left',
    'Until the last certificate of a connection ends; of the connections where that is soonest',
    'connection',
  )
  const age = gaugeOf(meters, 'metadata_age_seconds', 'Since the metadata of a connection was last read', 'connection')
  const connections = gaugeOf(meters, 'connections', 'Connections that are switched on')
  const revoked = gaugeOf(meters, 'revocation_feed_size', 'Sessions in the revocation feed')
  const outbox = gaugeOf(meters, 'webhook_outbox', 'Webhooks that wait, or were given up', 'state')
  const oldest = gaugeOf(meters, 'webhook_oldest_seconds', 'Age of the oldest webhook that waits')
  return (sight: Sight, now: Date): void => {
    const since = (time: Date) => (now.getTime() - time.getTime()) / 1000
    days.reset()
    for (const { connection, notAfter } of sight.certificates)
      days.set({ connection }, (notAfter.getTime() - now.getTime()) / dayMs)
    age.reset()
    for (const { connection, readAt } of sight.metadata) age.set({ connection }, since(readAt))
    connections.set(sight.connections)
    revoked.set(sight.revoked)
    outbox.set({ state: 'waiting' }, sight.webhooks.waiting)
    outbox.set({ state: 'dead' }, sight.webhooks.dead)
    oldest.set(sight.webhooks.oldest ? since(sight.webhooks.oldest) : 0)
  }
}
