import type { FastifyRequest } from 'fastify'
import type { Author } from '../audit/event.ts'

/** Who asks for a change at the admin API, and the trace that the request belongs to (W3C Trace Context §3.2). */
export function authorOf({ headers }: Pick<FastifyRequest, 'headers'>): Author {
  const traceparent = String(headers['traceparent'] ?? '')
  const trace = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/.exec(traceparent)?.[1]
  return { actor: 'admin-key', trace_id: trace ?? null }
}
