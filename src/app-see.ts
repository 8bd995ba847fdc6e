// The wiring of the window: meters, traces, the scrape. What sends spans is loaded only where OTEL_EXPORTER_OTLP_ENDPOINT is set.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { OperationDeps } from './http/operation.ts'
import type { Answered } from './http/watch.ts'
import type { Judging } from './judging.ts'
import type { finishLogin } from './logins/finish.ts'
import { Problem } from './problem.ts'
import { openInquiry } from './saml/inquiry.ts'
import { type Meters, mostConnections, openMeters } from './see/meters.ts'
import { openScrape } from './see/scrape.ts'
import { preciseNow, type Spans, type StepWatch, stepSpan, stepTimer } from './see/spans.ts'
import { sightStore } from './see/store.ts'
import type { Keyring } from './tokens/keyring.ts'
import { currentKey } from './tokens/signing-key.ts'
import type { World } from './world.ts'

type FinishLogin = ReturnType<typeof finishLogin>

/** What can only be wired once the rest is: what a scrape looks at. */
export interface SightParts {
  keyring: Keyring
  judging: Pick<Judging, 'load'>
  sessionsInMemory: () => number
}

/** Opens the window; what has its `close` ends with the app. */
export async function openWindow(world: World) {
  const meters = openMeters()
  const spans = await openSpans(world, meters.spans)
  const watch: StepWatch = (step, beganAt, milliseconds) => {
    meters.step(step, milliseconds / 1000)
    const span = spans && stepSpan(step, beganAt, milliseconds)
    if (span) spans.add(span)
  }
  const begin = stepTimer(watch)
  return {
    meters,
    watch,
    inquire: () => openInquiry(begin),
    /** Times what a login waits for beside its judgement. */
    timed:
      <Args extends unknown[], T>(step: string, work: (...args: Args) => Promise<T>) =>
      (...args: Args): Promise<T> =>
        work(...args).finally(begin(step)),
    answered: (request: Answered) => {
      meters.request(request.method, request.route, request.status, request.milliseconds / 1000)
      spans?.add(requestSpan(request))
    },
    counted: (finish: FinishLogin): FinishLogin => countLogins(finish, meters.login),
    scrape: (parts: SightParts) => scrapeOf(world, meters, parts),
    close: async () => spans?.close(),
  }
}

async function openSpans({ config, logger }: World, told: (outcome: 'exported' | 'dropped', count: number) => void) {
  const { otlpEndpoint: endpoint, otlpHeaders: headers, otlpService: service } = config
  if (endpoint === undefined) return undefined
  const { openOtlp } = await import('./see/otlp.ts')
  const onError = (err: unknown) => logger.warn({ err }, 'spans were dropped: the collector did not take them')
  return openOtlp({ endpoint, headers, service, told, onError }) satisfies Spans
}

function requestSpan({ trace, method, route, status, milliseconds }: Answered) {
  const endedAt = preciseNow()
  return {
    ...{ ...trace, name: `${method} ${route}`, kind: 'server' as const, beganAt: endedAt - milliseconds, endedAt },
    attributes: { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status },
    failed: status >= 500,
  }
}

// Only a connection that was found is named: whatever else stands in a path is a stranger's word.
function countLogins(finish: FinishLogin, count: Meters['login']): FinishLogin {
  return async input => {
    try {
      const finished = await finish(input)
      count({ connection: input.connectionId, outcome: 'accepted', code: 'none' })
      return finished
    } catch (error) {
      const { code, known } = endOf(error)
      const outcome = known ? 'refused' : 'failed'
      count({ connection: known ? input.connectionId : undefined, outcome, code })
      throw error
    }
  }
}

function endOf(error: unknown): { code: string; known: boolean } {
  if (!(error instanceof Problem)) return { code: 'internal_error', known: false }
  const code = error.cause instanceof Problem && error.status < 500 ? error.cause.code : error.code
  return { code, known: error.traceId !== undefined }
}

function scrapeOf(world: World, meters: Meters, { keyring, judging, sessionsInMemory }: SightParts) {
  const { db, clock, logger } = world
  const signsFrom = async () => {
    const keys = await keyring.keys().catch(() => [])
    return currentKey(keys, clock())?.signs_from
  }
  const scrape = openScrape({
    ...{ meters, clock },
    sight: sightStore(db, mostConnections).sight,
    here: async () => ({
      pool: db.load?.(),
      judging: judging.load(),
      sessionsInMemory: sessionsInMemory(),
      signsFrom: await signsFrom(),
    }),
    onError: err => logger.warn({ err }, 'the database is away; metrics of it are as last known'),
  })
  const deps: Pick<OperationDeps, 'metrics' | 'mayScrape'> = { metrics: scrape.read, mayScrape: mayScrape(world) }
  return { ...deps, close: scrape.close }
}

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/**
 * Who may read the metrics: whoever has METRICS_TOKEN or the admin key; anybody where the setting says open; and without the setting
 * this machine, as long as PUBLIC_URL says that nobody else is served. A proxy of the same machine looks like the machine itself.
 */
function mayScrape({ config, adminKeyHash }: World): (request: FastifyRequest) => boolean {
  const { metricsToken, publicUrl } = config
  const keys = [adminKeyHash, ...(metricsToken === undefined ? [] : [hashOf(metricsToken)])]
  const alone = metricsToken === undefined && loopbackHosts.includes(URL.parse(publicUrl)?.hostname ?? '')
  return ({ headers, socket }) => {
    if (metricsToken === 'open' || (alone && loopback.test(socket.remoteAddress ?? ''))) return true
    const key = /^Bearer ([\x21-\x7e]+)$/i.exec(headers.authorization ?? '')?.[1]
    return key !== undefined && keys.some(one => timingSafeEqual(hashOf(key), one))
  }
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]']

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()
