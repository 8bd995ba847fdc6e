// Bodies of the admin API: the schema's mistakes and those that only a verb can see are told together.

import type { FastifyRequest } from 'fastify'
import { type Mistake, Problem } from '../problem.ts'
import { mistakesOf } from './problems.ts'

/** What a verb would say of a body, without doing anything. */
export type Check = (body: object) => Promise<readonly Mistake[]>

/**
 * The body, once the schema has found no mistake in it. Where it found some, `check` still looks at the sound members, so that
 * all mistakes come in one answer; throws `invalid_request` with them.
 */
export async function checkedBody(request: FastifyRequest, check: Check): Promise<object> {
  const { validationError, body } = request
  const object = typeof body === 'object' && body !== null && !Array.isArray(body)
  if (!validationError && object) return body
  const mistakes = mistakesOf(validationError?.validation ?? [], 'body')
  const wrong = new Set(mistakes.map(topLevel))
  const sound = Object.fromEntries(Object.entries(object ? body : {}).filter(([name]) => !wrong.has(name)))
  const others = object ? (await check(sound)).filter(one => !wrong.has(topLevel(one))) : []
  throw new Problem('invalid_request', { mistakes: [...mistakes, ...others] })
}

function topLevel({ field }: Mistake): string {
  return field.replace(/[.[].*$/, '')
}
