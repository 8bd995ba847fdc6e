// The platform's doors: is the process alive, is it ready, what does it count.

import type { FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import type { Doors } from './send.ts'

/** `ready` throws where something is missing; its message names it. `mayScrape` says who may read the metrics. */
export interface OperationDeps {
  ready: () => Promise<void>
  metrics: () => Promise<{ type: string; text: string }>
  mayScrape: (request: FastifyRequest) => boolean
}

/** The doors for probes. */
export function operationDoors({ ready, metrics, mayScrape }: OperationDeps): Doors {
  return {
    livez: async () => ({ status: 'ok' }),
    readyz: async (_, reply) => {
      reply.header('cache-control', 'no-store')
      await ready().catch(cause => {
        throw cause instanceof Problem ? cause : new Problem('unavailable', { detail: String(cause.message), cause })
      })
      return { status: 'ready' }
    },
    metrics: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      if (!mayScrape(request)) throw new Problem('unauthorized')
      const { type, text } = await metrics()
      return reply.type(type).send(text)
    },
  }
}
