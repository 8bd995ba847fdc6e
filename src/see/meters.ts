// THE WINDOW: what operators see of the service while it runs. This room owns the meters, the traces and what leaves them; it hands on
// text and ids. It never sees a person, a message, a cookie or a token: labels are routes, codes, steps and ids of connections.

import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** How a login ended, for the meters; `connection` only where it is one of ours. */
export interface LoginEnd {
  connection: string | undefined
  outcome: 'accepted' | 'refused' | 'failed'
  code: string
}

/** The most connections that have series of their own in one process; whatever comes later counts together. */
export const mostConnections = 500

const replayCodes = ['assertion_replayed', 'logout_replayed', 'login_used']
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const stepBuckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 5]

/** Opens the meters of one process. Times in seconds. */
export function openMeters() {
  const registry = new Registry()
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `assay_${name}`, help, labelNames, registers: [registry] })
  const histogram = <Label extends string>(name: string, help: string, buckets: number[], ...labelNames: Label[]) =>
    new Histogram({ name: `assay_${name}`, help, labelNames, buckets, registers: [registry] })

  const logins = counter('logins_total', 'Responses that came to an ACS', 'connection', 'outcome', 'code')
  const replays = counter('replays_total', 'Logins, assertions and logout requests that came a second time')
  const disagreements = counter('second_opinion_disagreements_total', 'Signatures on which the verifiers disagree')
  const requests = histogram(
    'http_request_duration_seconds',
    'Requests by the pattern of their route',
    requestBuckets,
    ...(['method', 'route', 'status'] as const),
  )
  const limited = counter('rate_limited_total', 'Requests that were answered with 429', 'route')
  const steps = histogram('login_step_duration_seconds', 'Steps of the judgement of a response', stepBuckets, 'step')
  const ended = counter('sessions_ended_total', 'Sessions that were ended here before their time')
  const tokens = counter('tokens_total', 'Access tokens, minted or given again from memory', 'source')
  const spans = counter('spans_total', 'Spans that were sent to the collector, or dropped', 'outcome')
  const delivered = counter('webhook_deliveries_total', 'Attempts to deliver a webhook', 'outcome')

  const named = new Set<string>()
  const nameOf = (connection: string | undefined): string => {
    if (connection === undefined) return 'none'
    if (named.size < mostConnections) named.add(connection)
    return named.has(connection) ? connection : 'other'
  }
  const code = (found: string): void => {
    if (replayCodes.includes(found)) replays.inc()
    if (found === 'second_opinion') disagreements.inc()
  }
  for (const source of ['minted', 'memory']) tokens.inc({ source }, 0)
  for (const outcome of ['exported', 'dropped']) spans.inc({ outcome }, 0)
  for (const outcome of ['delivered', 'failed', 'dead']) delivered.inc({ outcome }, 0)

  return {
    login({ connection, outcome, code: found }: LoginEnd): void {
      logins.inc({ connection: nameOf(connection), outcome, code: found })
      code(found)
    },
    /** A refusal elsewhere than at the ACS. */
    refusal: code,
    request(method: string, route: string, status: number, seconds: number): void {
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds)
      if (status === 429) limited.inc({ route })
    },
    step: (step: string, seconds: number): void => steps.observe({ step }, seconds),
    sessionsEnded: (count: number): void => ended.inc(count),
    token: (source: 'minted' | 'memory'): void => tokens.inc({ source }),
    spans: (outcome: 'exported' | 'dropped', count: number): void => spans.inc({ outcome }, count),
    delivery: (outcome: 'delivered' | 'failed' | 'dead'): void => delivered.inc({ outcome }),
    registry,
  }
}

/** The meters of one process. */
export type Meters = ReturnType<typeof openMeters>

/** A gauge that is set at each scrape. */
export function gaugeOf<Label extends string>(
  { registry }: Pick<Meters, 'registry'>,
  name: string,
  help: string,
  ...labelNames: Label[]
): Gauge<Label> {
  return new Gauge({ name: `assay_${name}`, help, labelNames, registers: [registry] })
}
