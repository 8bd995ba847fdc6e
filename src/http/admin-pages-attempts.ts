// The pages of sign-ins: the list, one with its verdicts, and the verdicts under the settings of now.

import type { FastifyRequest } from 'fastify'
import type { Connection } from '../connections/connection.ts'
import { type Attempt, type AttemptLine, type AttemptQuery, evidenceMissing } from '../logins/attempt.ts'
import { type AttemptPageView, attemptPage } from '../pages/admin-attempt.ts'
import { type AttemptRow, attemptsPage } from '../pages/admin-attempts.ts'
import type { Check } from '../pages/check-list.ts'
import { Problem, type ProblemCode, problems } from '../problem.ts'
import { type Desk, go } from './admin-pages.ts'
import { textOf } from './admin-pages-connections.ts'
import { sendPage } from './send.ts'

/** What a response would come to now. */
export interface JudgedAgain {
  outcome: 'accepted' | 'refused'
  code: ProblemCode | null
  checks: readonly Check[]
  identity: object | null
}

/** The verbs behind these pages. */
export interface AttemptPagesDeps {
  list: (query: AttemptQuery) => Promise<AttemptLine[]>
  get: (traceId: string) => Promise<Attempt | undefined>
  /** By the connection with `changes` laid over it; undefined where nothing was kept to judge. Throws `invalid_request`. */
  judgeAgain: (attempt: Attempt, changes: object) => Promise<JudgedAgain | undefined>
  connection: (id: string) => Promise<Connection | undefined>
}

const perPage = 50

/** Adds them. */
export function addAttemptPages({ read }: Desk, deps: AttemptPagesDeps): void {
  read('/admin/attempts', async ({ view }, { query }, reply) => {
    const { reference, connection, outcome, before } = query as Record<string, unknown>
    const wanted = textOf(reference)
    if (wanted !== undefined && (await deps.get(wanted)))
      return go(reply, `/admin/attempts/${encodeURIComponent(wanted)}`)
    const asked = (['accepted', 'refused'] as const).find(one => one === outcome)
    const of = textOf(connection)
    const found = await deps.list({ connection: of, outcome: asked, before: textOf(before), limit: perPage + 1 })
    const rows = found.slice(0, perPage).map(attemptRow)
    const last = found.length > perPage ? rows.at(-1)?.traceId : undefined
    const search = { ...(of ? { connection: of } : {}), ...(asked ? { outcome: asked } : {}) }
    const next = last && `/admin/attempts?${new URLSearchParams({ ...search, before: last })}`
    const named = of === undefined ? undefined : await deps.connection(of)
    return sendPage(
      reply.code(wanted === undefined ? 200 : 404),
      attemptsPage(view, { rows, outcome: asked, connection: named, missing: wanted, next }),
    )
  })
  read('/admin/attempts/:trace_id', async ({ view }, request, reply) =>
    sendPage(reply, attemptPage(view, await one(deps, request))),
  )
  read('/admin/attempts/:trace_id/again', async ({ view }, request, reply) => {
    const shown = await one(deps, request)
    const attempt = await mustFind(deps, request)
    const text = fieldIn(request.query, 'changes')
    const changes = changesIn(text)
    const wrong = (mistakes: string[]) =>
      sendPage(reply.code(400), attemptPage(view, { ...shown, draft: { text, mistakes } }))
    if (!changes) return wrong(['This is no JSON object.'])
    const judged = shown.connection && (await deps.judgeAgain(attempt, changes).catch(mistakesIn))
    if (Array.isArray(judged)) return wrong(judged)
    if (!judged) throw new Problem('not_found', { detail: 'The response was not kept, or its connection is gone.' })
    const { code, checks, identity, outcome } = judged
    const again = {
      accepted: outcome === 'accepted',
      code,
      title: titleOf(code, true),
      checks,
      identity: identity ? JSON.stringify(identity, null, 2) : undefined,
    }
    return sendPage(reply, attemptPage(view, { ...shown, again, draft: { text, mistakes: [] } }))
  })
}

function fieldIn(query: unknown, name: string): string {
  const value = (query as Record<string, unknown>)[name]
  return typeof value === 'string' ? value.trim() : ''
}

function changesIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text || '{}')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

// What is no mistake of whoever typed it is thrown on.
function mistakesIn(error: unknown): string[] {
  if (!(error instanceof Problem) || error.mistakes.length === 0) throw error
  return error.mistakes.map(({ field, message }) => `${field} ${message}`)
}

async function mustFind({ get }: AttemptPagesDeps, { params }: FastifyRequest): Promise<Attempt> {
  const found = await get((params as { trace_id: string }).trace_id)
  if (!found) throw new Problem('not_found')
  return found
}

async function one(deps: AttemptPagesDeps, request: FastifyRequest): Promise<AttemptPageView> {
  const { trace_id, at, sub, code, checks, outcome, connection_id, evidence } = await mustFind(deps, request)
  const connection = connection_id === null ? undefined : await deps.connection(connection_id)
  return {
    traceId: trace_id,
    at,
    sub,
    connection,
    kept: evidence === 'kept',
    missing: evidence === null || evidence === 'kept' ? undefined : evidenceMissing[evidence],
    accepted: outcome === 'accepted',
    code,
    title: titleOf(code, false),
    checks,
  }
}

function titleOf(code: ProblemCode | null, again: boolean): string {
  if (code === null) return again ? 'It would be accepted' : 'The sign-in was accepted'
  return Object.hasOwn(problems, code) ? problems[code][1] : code
}

/** A line of the list as its table shows it. */
export function attemptRow({ trace_id, at, outcome, code, connection_id, connection_name }: AttemptLine): AttemptRow {
  const connection = connection_id === null ? undefined : { id: connection_id, name: connection_name ?? connection_id }
  return {
    traceId: trace_id,
    at,
    connection,
    accepted: outcome === 'accepted',
    code,
    title: code && titleOf(code, false),
  }
}
