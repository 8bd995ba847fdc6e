// What is turned away first when there is more to do than one process can. While the event loop is busy, addresses that were
// refused again and again get 429 at the doors that cost; when it is full, everybody gets 503 there. Both come before the body is
// read. Doors that answer from memory (keys, verdicts for gateways, health) stay open.

import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { network } from '../logins/places.ts'
import { Problem } from '../problem.ts'
import { answer } from './problems.ts'

/** How the process fares: `busy` has hardly an idle moment, `full` lets every request wait long. */
export type Pressure = 'none' | 'busy' | 'full'

const lookMs = 500
const busyShare = 0.8
// A flood that is turned away leaves idle moments: the next wave must not find the doors open again.
const busyLooks = 20
const fullMs = 250
// What has just started, or collects its garbage, stands still for a moment.
const fullLooks = 4
// Answers of 4xx to one address from which it is held to be hostile, or broken. Half of them are forgotten each minute, and whenever
// somebody signs in from there: a company has one address, and so has an application, and each may be refused often for a while.
const manyRefusals = 10
const mostRefusals = 40
const forgetMs = 60_000
const mostAddresses = 10_000
const retryAfter = 5

/** What one look sees: the mean delay of the event loop in milliseconds, and the share of the time in which it worked. */
export interface Look {
  delay: number
  utilization: number
}

/** Judges look after look, one every half second. */
export function openGauge(): (look: Look) => Pressure {
  let busy = 0
  let full = 0
  return ({ delay, utilization }) => {
    busy = utilization > busyShare ? busyLooks : Math.max(0, busy - 1)
    full = delay > fullMs ? full + 1 : 0
    return full >= fullLooks ? 'full' : busy > 0 ? 'busy' : 'none'
  }
}

/** Watches the event loop of this process until stopped. */
export function watchLoop(): { now: () => Pressure; stop: () => void } {
  const delays = monitorEventLoopDelay({ resolution: 20 })
  delays.enable()
  const gauge = openGauge()
  let seen = performance.eventLoopUtilization()
  let pressure: Pressure = 'none'
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, seen)
    pressure = gauge({ delay: delays.mean / 1e6, utilization })
    seen = now
    delays.reset()
  }, lookMs)
  timer.unref()
  return {
    now: () => pressure,
    stop: () => {
      clearInterval(timer)
      delays.disable()
    },
  }
}

/**
 * Guards the doors that have a rate limit. `pressure` as `watchLoop` tells it. A door whose config says `proof` takes nothing but
 * what the asker cannot make up: a response that is signed, a code.
 */
export function shedLoad(app: FastifyInstance, pressure: () => Pressure): void {
  const refusals = new Map<string, number>()
  const halve = (address: string, count: number) => {
    if (count > 1) refusals.set(address, count >> 1)
    else refusals.delete(address)
  }
  const timer = setInterval(() => {
    for (const [address, count] of refusals) halve(address, count)
  }, forgetMs)
  timer.unref()
  app.addHook('onRequest', async (request, reply) => {
    const now = pressure()
    if (now === 'none' || !costs(request)) return
    if ((refusals.get(network(request.ip)) ?? 0) >= manyRefusals)
      return answer(new Problem('too_many_requests', { retryAfter }), request, reply)
    if (now === 'full') return answer(new Problem('unavailable', { retryAfter }), request, reply)
  })
  app.addHook('onResponse', async (request, { statusCode }) => {
    if (!costs(request)) return
    const address = network(request.ip)
    const count = refusals.get(address) ?? 0
    if (statusCode < 400 && 'proof' in request.routeOptions.config) halve(address, count)
    if (statusCode < 400 || statusCode >= 500 || statusCode === 429) return
    if (count > 0 || refusals.size < mostAddresses) refusals.set(address, Math.min(count + 1, mostRefusals))
  })
  app.addHook('onClose', async () => clearInterval(timer))
}

function costs({ routeOptions }: FastifyRequest): boolean {
  return 'rateLimit' in (routeOptions.config ?? {})
}
