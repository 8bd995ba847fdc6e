// Every request is watched: it gets a trace, what is logged meanwhile names it, refusals say it, and whoever counts is told.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { inTrace, type Trace, traceOf, traceResponse } from '../see/trace.ts'

/** A request that was answered; `route` is the pattern, times are in milliseconds. */
export interface Answered {
  trace: Trace
  method: string
  route: string
  status: number
  milliseconds: number
}

const noTrace = traceOf(undefined)
const traces = new WeakMap<FastifyRequest, Trace>()

/** The trace of a request. */
export function traceOfRequest(request: FastifyRequest): Trace {
  return traces.get(request) ?? noTrace
}

/** Watches every request; comes before all other hooks. The log line of a request has its method and route, never its path. */
export function watchRequests(app: FastifyInstance, answered: (request: Answered) => void): void {
  app.addHook('onRequest', (request, _, done) => {
    const trace = traceOf(request.headers.traceparent)
    traces.set(request, trace)
    inTrace(trace, done)
  })
  // A body arrives in its own time, and what arrives then knows nothing of before.
  app.addHook('preValidation', (request, _, done) => inTrace(traceOfRequest(request), done))
  app.addHook('onResponse', async (request, reply) => {
    const [trace, { method }, status] = [traceOfRequest(request), request, reply.statusCode]
    const [route, milliseconds] = [request.routeOptions.url ?? 'none', reply.elapsedTime]
    const ms = Math.round(milliseconds * 10) / 10
    inTrace(trace, () => request.log.debug({ method, route, status, ms }, 'request'))
    answered({ trace, method, route, status, milliseconds })
  })
}

/** Works in the trace of a request that is refused, and says in the answer which it is. */
export function refusing<T>(request: FastifyRequest, reply: FastifyReply, work: () => T): T {
  const trace = traceOfRequest(request)
  reply.header('traceresponse', traceResponse(trace))
  return inTrace(trace, work)
}
