// Spans to a collector, as OTLP over HTTP in JSON (docs/decisions/0018-spans-by-hand.md). Nobody waits for it: what does not fit into
// the queue, and what the collector does not take, is dropped and counted.

import type { Span, Spans } from './spans.ts'

/** Where spans go: a base URL to which `/v1/traces` is added, and headers of the collector's choice. */
export interface OtlpDeps {
  endpoint: string
  headers: Record<string, string>
  service: string
  /** Told of how many spans went, or were dropped. */
  told: (outcome: 'exported' | 'dropped', count: number) => void
  onError: (error: unknown) => void
}

const batch = 512
const mostWaiting = 4_096
const everyMs = 1_000
const timeoutMs = 5_000

/** Opens the exporter. `close` sends what waits, for a few seconds at most. */
export function openOtlp({ endpoint, headers, service, told, onError }: OtlpDeps): Spans {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  let waiting: Span[] = []
  let sending: Promise<void> | undefined

  const post = async (spans: readonly Span[]): Promise<void> => {
    const body = JSON.stringify(exportRequest(service, spans))
    const sent = { ...headers, 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(timeoutMs)
    const answer = await fetch(url, { method: 'POST', body, headers: sent, redirect: 'error', signal })
    await answer.body?.cancel()
    if (!answer.ok) throw new Error(`The collector answered ${answer.status}`)
  }
  const sendAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const spans = waiting.slice(0, batch)
      waiting = waiting.slice(batch)
      const failure = await post(spans).catch((error: unknown) => error)
      told(failure === undefined ? 'exported' : 'dropped', spans.length)
      if (failure !== undefined) return onError(failure)
    }
  }
  const send = (): Promise<void> => {
    sending ??= sendAll().finally(() => {
      sending = undefined
    })
    return sending
  }
  const timer = setInterval(() => void send(), everyMs)
  timer.unref()

  return {
    add(span): void {
      if (waiting.length < mostWaiting) waiting.push(span)
      else told('dropped', 1)
      if (waiting.length >= batch) void send()
    },
    async close(): Promise<void> {
      clearInterval(timer)
      await send()
    },
  }
}

/** The body of an export (opentelemetry-proto, ExportTraceServiceRequest in JSON: ids are hex, times are texts of nanoseconds). */
export function exportRequest(service: string, spans: readonly Span[]): object {
  const resource = { attributes: attributesOf({ 'service.name': service }) }
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'assay' }, spans: spans.map(spanOf) }] }] }
}

function spanOf({ name, kind, traceId, spanId, parentId, beganAt, endedAt, attributes, failed }: Span): object {
  return {
    ...{ traceId, spanId, name, kind: kind === 'server' ? 2 : 1 },
    ...(parentId === undefined ? {} : { parentSpanId: parentId }),
    startTimeUnixNano: nanoseconds(beganAt),
    endTimeUnixNano: nanoseconds(endedAt),
    attributes: attributesOf(attributes),
    status: failed ? { code: 2 } : {},
  }
}

function attributesOf(attributes: Span['attributes']): object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }))
}

// A number cannot hold nanoseconds since 1970: milliseconds and their fraction are put together as text.
function nanoseconds(milliseconds: number): string {
  const whole = Math.floor(milliseconds)
  return `${whole}${String(Math.floor((milliseconds - whole) * 1e6)).padStart(6, '0')}`
}
