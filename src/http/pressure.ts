// What is turned away first when there is more to do than one process can. While the event loop is busy, addresses that were
// refused again and again get 429 at the doors that cost; when it is full, everybody gets 503 there. Both come before the body is
// read. Doors that answer from memory (keys, verdicts for gateways, health) stay open.

import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'

/** How the process fares: `busy` has hardly an idle moment, `full` lets every request wait long. */
export type Pressure = 'none' | 'busy' | 'full'

const lookMs = 500
const busyShare = 0.8
// A flood that is turned away leaves idle moments: the next wave must not find the doors open again.
const busyLooks = 20
const fullMs = 500
// Answers of 4xx to one address from which it is held to be hostile, or broken; each minute half of them are forgotten.
const manyRefusals = 10
const mostRefusals = 40
const forgetMs = 60_000
const mostAddresses = 10_000
const retryAfter = 5

/** Watches the event loop of this process until stopped. */
export function watchLoop(): { now: () => Pressure; stop: () => void } {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  let seen = performance.eventLoopUtilization()
  let pressure: Pressure = 'none'
  let busy = 0
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, seen)
    busy = utilization > busyShare ? busyLooks : Math.max(0, busy - 1)
    pressure = delay.mean / 1e6 > fullMs ? 'full' : busy > 0 ? 'busy' : 'none'
    seen = now
    delay.reset()
  }, lookMs)
  timer.unref()
  return {
    now: () => pressure,
    stop: () => {
      clearInterval(timer)
      delay.disable()
    },
  }
}

/** Guards the doors that have a rate limit. `pressure` as `watchLoop` tells it. */
export function shedLoad(app: FastifyInstance, pressure: () => Pressure): void {
  const refusals = new Map<string, number>()
  const timer = setInterval(() => halve(refusals), forgetMs)
  timer.unref()
  app.addHook('onRequest', async request => {
    const now = pressure()
    if (now === 'none' || !costs(request)) return
    if ((refusals.get(request.ip) ?? 0) >= manyRefusals) throw new Problem('too_many_requests', { retryAfter })
    if (now === 'full') throw new Problem('unavailable', { retryAfter })
  })
  app.addHook('onResponse', async (request, { statusCode }) => {
    if (statusCode < 400 || statusCode >= 500 || !costs(request)) return
    const count = refusals.get(request.ip) ?? 0
    if (count > 0 || refusals.size < mostAddresses) refusals.set(request.ip, Math.min(count + 1, mostRefusals))
  })
  app.addHook('onClose', async () => clearInterval(timer))
}

function halve(refusals: Map<string, number>): void {
  for (const [address, count] of refusals) {
    if (count > 1) refusals.set(address, count >> 1)
    else refusals.delete(address)
  }
}

function costs({ routeOptions }: FastifyRequest): boolean {
  return 'rateLimit' in (routeOptions.config ?? {})
}
