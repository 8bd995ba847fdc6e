// The platform's doors: is the process alive, is it ready.

import { Problem } from '../problem.ts'
import type { Doors } from './send.ts'

/** `ready` throws where something is missing; its message names it. */
export interface OperationDeps {
  ready: () => Promise<void>
}

/** The doors for probes. */
export function operationDoors({ ready }: OperationDeps): Doors {
  return {
    livez: async () => ({ status: 'ok' }),
    readyz: async (_, reply) => {
      reply.header('cache-control', 'no-store')
      await ready().catch(cause => {
        throw cause instanceof Problem ? cause : new Problem('unavailable', { detail: String(cause.message), cause })
      })
      return { status: 'ready' }
    },
  }
}
