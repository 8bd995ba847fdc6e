// Every error leaves through here: RFC 9457 for programs, a page for people. What is unexpected is logged whole and shown as nothing.

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { errorAnswer } from '../oauth/error.ts'
import { problemPage } from '../pages/problem.ts'
import { type Mistake, Problem, type ProblemCode } from '../problem.ts'
import { sendPage } from './send.ts'

/** Whether an answer should be a page: a browser asks for text/html by name, programs do not. */
export function wantsPage({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): boolean {
  return !url.startsWith('/api/') && /text\/html/.test(headers.accept ?? '')
}

/** The body of a problem (RFC 9457 §3). */
export function problemBody(problem: Problem) {
  return {
    type: 'about:blank',
    title: problem.message,
    status: problem.status,
    code: problem.code,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(problem.traceId === undefined ? {} : { trace_id: problem.traceId }),
    ...(problem.mistakes.length === 0 ? {} : { errors: problem.mistakes }),
  }
}

/** Fastify's error handler. */
export function onError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = error instanceof Problem ? error : translate(error)
  if (problem.status >= 500) request.log.error({ err: problem.cause ?? problem, code: problem.code }, 'request failed')
  return answer(problem, request, reply)
}

/** Answers a problem, without a line in the log. */
export function answer(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  challenge(problem, request, reply)
  const retryAfter = problem.retryAfter ?? (problem.status === 503 ? 5 : undefined)
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  reply.header('cache-control', 'no-store').code(problem.status)
  if (speaksOAuth(request))
    return reply.header('pragma', 'no-cache').type('application/json').send(errorAnswer(problem))
  if (wantsPage(request)) return sendPage(reply, problemPage({ ...problemView(problem) }))
  return reply.type('application/problem+json').send(JSON.stringify(problemBody(problem)))
}

// Operations that openapi.yaml marks: their callers expect the errors of RFC 6749 §5.2.
function speaksOAuth({ routeOptions }: FastifyRequest): boolean {
  return 'oauthErrors' in (routeOptions?.config ?? {})
}

// RFC 6750 §3: a token that was refused is named; RFC 6749 §5.2: a client that tried Basic is answered in kind.
function challenge({ code, status }: Problem, { headers }: FastifyRequest, reply: FastifyReply): void {
  if (code === 'unauthorized') reply.header('www-authenticate', 'Bearer')
  if (code === 'invalid_token' || code === 'insufficient_scope')
    reply.header('www-authenticate', `Bearer error="${code}"${status === 403 ? ', scope="openid"' : ''}`)
  if (code === 'invalid_client' && /^basic /i.test(headers.authorization ?? ''))
    reply.header('www-authenticate', 'Basic realm="token", charset="UTF-8"')
}

/** Fastify's handler for what no route takes. */
export function onNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return onError(new Problem('not_found'), request, reply)
}

function problemView({ status, message, detail, traceId }: Problem) {
  return { status, title: message, detail, traceId }
}

const byStatus: Record<number, ProblemCode> = {
  400: 'invalid_request',
  401: 'unauthorized',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
}

function translate(error: FastifyError): Problem {
  if (error.validation) {
    return new Problem('invalid_request', { mistakes: mistakesOf(error.validation, error.validationContext ?? 'body') })
  }
  const code = byStatus[error.statusCode ?? 500]
  if (code === undefined) return new Problem('internal_error', { cause: error })
  return new Problem(code, code === 'invalid_request' ? { detail: error.message } : {})
}

/** The validator's complaints, each with its field as `certificates[0]` and what to do about it. */
export function mistakesOf(validation: NonNullable<FastifyError['validation']>, part: string): Mistake[] {
  return validation.map(({ instancePath, keyword, params, message = 'does not fit' }) => {
    const place = instancePath.split('/').slice(1)
    if (keyword === 'required') place.push(String(params['missingProperty']))
    if (keyword === 'additionalProperties') place.push(String(params['additionalProperty']))
    return { field: fieldName(place) || part, message: words(keyword, params, message) }
  })
}

function fieldName(place: readonly string[]): string {
  const decoded = place.map(one => one.replaceAll('~1', '/').replaceAll('~0', '~'))
  return decoded.reduce(
    (name, one) => (/^\d+$/.test(one) ? `${name}[${one}]` : name === '' ? one : `${name}.${one}`),
    '',
  )
}

function words(keyword: string, params: Record<string, unknown>, message: string): string {
  if (keyword === 'required') return 'is needed.'
  if (keyword === 'additionalProperties') return 'is not a member that this takes: remove it, or correct its name.'
  if (keyword === 'enum') return `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}.`
  return `${message}.`
}
