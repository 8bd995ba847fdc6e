// Traces (W3C Trace Context, level 1): which request a log line, a span or a refusal belongs to. Whatever a caller sends is an id and
// nothing more: no flag of it is obeyed, no state of it is kept.

import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'

/** One request: the trace that it belongs to, its own span, and the caller's span where one was named. Lower-case hex. */
export interface Trace {
  traceId: string
  spanId: string
  parentId: string | undefined
}

const current = new AsyncLocalStorage<Trace>()

// Version 00 is exactly this; a later one may go on after another dash, and ff is none (§3.2.2).
const form = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/

/** The trace of a request with this `traceparent` header: the caller's, or a new one where the header is not exactly right. */
export function traceOf(header: unknown): Trace {
  const spanId = newSpanId()
  const [, version, traceId, parentId, rest] = (typeof header === 'string' && form.exec(header)) || []
  const known = traceId !== undefined && !(version === '00' && rest !== undefined)
  return {
    spanId,
    ...(known ? { traceId, parentId } : { traceId: randomBytes(16).toString('hex'), parentId: undefined }),
  }
}

/** A trace as a header says it; the flag says that nobody should count on it having been kept. */
export const traceResponse = ({ traceId, spanId }: Trace): string => `00-${traceId}-${spanId}-00`

/** An id for a span. */
export const newSpanId = (): string => randomBytes(8).toString('hex')

/** Works as part of a trace: whatever is logged meanwhile, also later and elsewhere, names it. */
export function inTrace<T>(trace: Trace, work: () => T): T {
  return current.run(trace, work)
}

/** The trace of what is being done now. */
export const currentTrace = (): Trace | undefined => current.getStore()
