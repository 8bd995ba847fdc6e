// Spans: how long what took, for whoever collects traces. What takes them is loaded only where it is wanted (otlp.ts).

import { currentTrace, newSpanId, type Trace } from './trace.ts'

/** A piece of work of a trace; milliseconds since the epoch. Attributes hold nothing of people or messages. */
export interface Span {
  name: string
  kind: 'server' | 'internal'
  traceId: string
  spanId: string
  parentId: string | undefined
  beganAt: number
  endedAt: number
  attributes: Record<string, string | number>
  failed: boolean
}

/** Where spans go. `add` never waits and never throws. */
export interface Spans {
  add(span: Span): void
  close(): Promise<void>
}

/** Now, in milliseconds since the epoch, with fractions, and never backwards. */
export const preciseNow = (): number => performance.timeOrigin + performance.now()

/** Told of each step of a judgement: its name, when it began, in milliseconds since the epoch, and how long it took. */
export type StepWatch = (step: string, beganAt: number, milliseconds: number) => void

/** Begins a step; what it answers ends it. */
export type StepTimer = (step: string) => () => void

/** Times steps by the clock of the process. */
export function stepTimer(watch: StepWatch): StepTimer {
  return step => {
    const beganAt = preciseNow()
    return () => watch(step, beganAt, preciseNow() - beganAt)
  }
}

/** A step as a span of the request that is under way, where there is one. */
export function stepSpan(name: string, beganAt: number, milliseconds: number): Span | undefined {
  const trace = currentTrace()
  const times = { beganAt, endedAt: beganAt + milliseconds }
  return trace && { ...within(trace), name, kind: 'internal', ...times, attributes: {}, failed: false }
}

function within({ traceId, spanId }: Trace) {
  return { traceId, spanId: newSpanId(), parentId: spanId }
}
