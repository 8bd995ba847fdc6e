// The bare server: parsers, headers, limits, error handlers, assets. What it serves is registered by app.ts.

import { readFileSync } from 'node:fs'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, LogController } from 'fastify'
import { Problem } from '../problem.ts'
import { takeAnyRequest } from './gateway.ts'
import { type Pressure, shedLoad } from './pressure.ts'
import { onError, onNotFound } from './problems.ts'
import { type Answered, refusing, watchRequests } from './watch.ts'

/** What the server is told. */
export interface ServerOptions {
  logger: FastifyBaseLogger
  publicUrl: string
  trustedProxies: readonly string[]
  /** Told of each request when it was answered. */
  answered?: (request: Answered) => void
  /** Aborted when answers should ask their connections to end. */
  leaving?: AbortSignal
  /** How the process fares. */
  pressure: () => Pressure
}

/** Makes the server. Its log lines carry method and route, never a query, a body, a header or a cookie. */
export async function openFastify(options: ServerOptions): Promise<FastifyInstance> {
  const { logger, publicUrl, trustedProxies, pressure, leaving, answered = () => undefined } = options
  const app = Fastify({
    loggerInstance: logger,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: 64 * 1024,
    requestTimeout: 15_000,
    forceCloseConnections: 'idle',
    logController: new LogController({ disableRequestLogging: true }),
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    rewriteUrl: takeAnyRequest,
    frameworkErrors: (error, request, reply) => void onError(error, request, reply),
  })
  watchRequests(app, answered)
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    refusing(request, reply, () => onError(error, request, reply)),
  )
  app.setNotFoundHandler((request, reply) => refusing(request, reply, () => onNotFound(request, reply)))
  shedLoad(app, pressure)
  await app.register(cookie)
  await app.register(formbody)
  await app.register(helmet, securityHeaders(publicUrl))
  await app.register(rateLimit, { global: false, errorResponseBuilder: tooMany })
  drain(app, leaving)
  assets(app)
  return app
}

// Browsers hold form-action against every redirect that follows a form, and a sign-in leads wherever the identity provider leads.
function securityHeaders(publicUrl: string) {
  const secure = publicUrl.startsWith('https:')
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'script-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'form-action': ["'self'", 'https:', ...(secure ? [] : ['http:'])],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
      },
    },
    strictTransportSecurity: secure && { maxAge: 31_536_000, includeSubDomains: false },
    frameguard: { action: 'deny' as const },
    referrerPolicy: { policy: 'no-referrer' as const },
    crossOriginResourcePolicy: false,
  }
}

function tooMany(_: unknown, { ttl }: { ttl: number }): Problem {
  return new Problem('too_many_requests', { retryAfter: Math.ceil(ttl / 1000) })
}

// While leaving, every answer asks its connection to end, so that nothing keeps the process but requests under way.
function drain(app: FastifyInstance, leaving: AbortSignal | undefined): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_, reply) => {
    if (closing || leaving?.aborted) reply.header('connection', 'close')
  })
}

const css = 'text/css; charset=utf-8'
const files = { 'style.css': css, 'admin.css': css, 'assay.js': 'text/javascript; charset=utf-8' }

function assets(app: FastifyInstance): void {
  for (const [name, type] of Object.entries(files)) {
    const content = readFileSync(new URL(`../pages/${name}`, import.meta.url))
    app.get(`/assets/${name}`, (_, reply) =>
      reply.header('cache-control', 'public, max-age=300').type(type).send(content),
    )
  }
}
