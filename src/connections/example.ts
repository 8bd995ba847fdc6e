// A connection's own examples (`tests`): what a person with these attributes must become. A change that breaks one is not taken.

import { type Mistake, Problem } from '../problem.ts'
import { type Claims, type Description, describePerson, type Wording } from './describe.ts'

/** One example. Of `claims` those that are named must be exactly so (null: absent), `roles` must be exactly these. */
export interface Example {
  name: string
  attributes: Record<string, string[]>
  expect: {
    claims?: Record<string, string | string[] | boolean | null>
    roles?: string[]
    /** The code with which the login must be refused. */
    refused?: string
  }
}

/** Every example that does not come out as it says: what it expected, what came, and why. */
export function failedExamples(examples: readonly Example[], wording: Wording): Mistake[] {
  return examples.flatMap((example, at) => {
    const failures = failuresOf(example, wording)
    return failures.length === 0
      ? []
      : [{ field: `tests[${at}]`, message: `“${example.name}”: ${failures.join('; ')}.` }]
  })
}

/** Why an example does not come out as it says; empty where it does. */
export function failuresOf({ attributes, expect }: Example, wording: Wording): string[] {
  const person = tryAttributes(attributes, wording)
  if (person instanceof Problem || expect.refused !== undefined) return wrongOutcome(expect.refused, person)
  const { claims, sources, grants } = person
  const claimFailures = Object.entries(expect.claims ?? {}).map(([claim, wanted]) => {
    const came = Object.hasOwn(claims, claim) ? claims[claim] : null
    return same(wanted, came) ? undefined : differs(claim, wanted, came, sourceOf(sources, claim))
  })
  const roles = Object.keys(grants)
  const why = roles.map(role => `${role} by ${grants[role]?.join(' and ')}`).join(', ')
  const wrongRoles = expect.roles && !same(expect.roles.toSorted(), roles.toSorted())
  return [...claimFailures, wrongRoles ? differs('roles', expect.roles, roles, why) : undefined].filter(
    failure => failure !== undefined,
  )
}

/** What a person with these attributes becomes, or the Problem with which they would be refused. */
export function tryAttributes(attributes: Example['attributes'], wording: Wording): Description | Problem {
  const list = Object.entries(attributes).map(([name, values]) => {
    return { name, values, nameFormat: undefined, friendlyName: undefined }
  })
  try {
    return describePerson({ attributes: list, nameID: undefined, authnStatements: [] }, wording)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

function wrongOutcome(wanted: string | undefined, came: Description | Problem): string[] {
  const code = came instanceof Problem ? came.code : undefined
  if (code === wanted) return []
  const detail = came instanceof Problem && came.detail !== undefined ? ` (${came.detail})` : ''
  const words = (one: string | undefined) => (one === undefined ? 'is accepted' : `is refused as ${one}`)
  return [`expected that the person ${words(wanted)}, but the person ${words(code)}${detail}`]
}

function differs(what: string, wanted: unknown, came: unknown, why: string): string {
  const shown = (value: unknown) => (value === null ? 'nothing' : JSON.stringify(value))
  return `expected ${what} ${shown(wanted)}, came ${shown(came)}${why === '' ? '' : ` (${why})`}`
}

function sourceOf(sources: Description['sources'], claim: string): string {
  const names = Object.hasOwn(sources, claim) ? sources[claim] : undefined
  return names === undefined ? '' : `from ${names.join(', ')}`
}

function same(one: unknown, other: Claims[string] | readonly string[] | null | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
