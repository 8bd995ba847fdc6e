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
  const mistakes = await bodyMistakes(body, mistakesOf(validationError?.validation ?? [], 'body'), check)
  if (mistakes.length === 0) return body as object
  throw new Problem('invalid_request', { mistakes })
}

/** Every mistake of a body, given those that its schema found; `check` is asked only where there are some, as the verb itself will be. */
export async function bodyMistakes(body: unknown, found: readonly Mistake[], check: Check): Promise<Mistake[]> {
  const object = typeof body === 'object' && body !== null && !Array.isArray(body)
  const mistakes = [...found, ...unkeepable(body, '')]
  if (mistakes.length === 0 && object) return []
  const wrong = new Set(mistakes.map(topLevel))
  const sound = Object.fromEntries(Object.entries(object ? body : {}).filter(([name]) => !wrong.has(name)))
  const others = object ? (await check(sound)).filter(one => !wrong.has(topLevel(one))) : []
  return [...mistakes, ...others]
}

// No database keeps U+0000 or half a surrogate pair in a text. What is nested deeper than any body is the schema's to refuse.
function unkeepable(value: unknown, field: string, depth = 0): Mistake[] {
  if (typeof value === 'string')
    return keepable(value) ? [] : [{ field: field || 'body', message: 'holds a character that cannot be kept.' }]
  if (typeof value !== 'object' || value === null || depth > 20) return []
  const members = Object.entries(value)
  const name = (member: string) => (Array.isArray(value) ? `${field}[${member}]` : `${field && `${field}.`}${member}`)
  const names = Array.isArray(value) ? [] : members.filter(([member]) => !keepable(member))
  if (names.length > 0) return [{ field: field || 'body', message: 'has a member whose name cannot be kept.' }]
  return members.flatMap(([member, inner]) => unkeepable(inner, name(member), depth + 1))
}

function keepable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function topLevel({ field }: Mistake): string {
  return field.replace(/[.[].*$/, '')
}
