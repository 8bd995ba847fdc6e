import type { Writable } from 'node:stream'
import type { FastifyBaseLogger } from 'fastify'
import pino from 'pino'
import { currentTrace } from './see/trace.ts'

// What must never be read in a log, should anybody ever hand it over with an object.
const secrets = [
  '*.authorization',
  '*.cookie',
  '*["set-cookie"]',
  '*.SAMLResponse',
  '*.RelayState',
  '*.password',
  '*.client_secret',
  '*.private_key',
]

/** Opens the log: one JSON line an event, to stdout or to `destination`. */
export function openLog(level: string, destination?: Writable): FastifyBaseLogger {
  const options = { level, redact: secrets, serializers: { err: describeError }, mixin: traceMembers }
  return destination ? pino(options, destination) : pino(options)
}

// Which request a line belongs to. `trace_id` is another thing: the reference of a login that people read out.
function traceMembers(): object {
  const trace = currentTrace()
  return trace ? { trace: trace.traceId, span: trace.spanId } : {}
}

// An error's message and stack, and those of its causes; never the values that a driver or a parser attached to it.
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : typeof error }
  const { name, message, stack } = error
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return { name, message, ...code, stack, ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }) }
}
