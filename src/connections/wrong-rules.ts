// What is wrong with a connection's mapping, role rules and examples, beyond what the schema in openapi.yaml can say.

import type { Mistake } from '../problem.ts'
import { type ClaimRule, type Mapping, namesIn, ruleOf } from './claim-rule.ts'
import type { ConnectionSettings } from './connection.ts'
import { failedExamples } from './example.ts'
import { reservedClaims } from './reserved-claims.ts'
import type { Condition } from './role-rule.ts'

type Rules = Pick<ConnectionSettings, 'attributes' | 'roles' | 'domains' | 'on_group_overage' | 'tests'>

const origins = ['from', 'all', 'join', 'value'] as const
// Conditions inside conditions: more than anybody can read.
const deepest = 5

/** Every mistake; the examples are tried only where there is none before. */
export function wrongRules(settings: Rules): Mistake[] {
  const { attributes, roles, domains, tests } = settings
  const given = new Set([...Object.keys(attributes).filter(claim => isOn(attributes[claim])), 'acr'])
  const mistakes = [
    ...Object.entries(attributes).flatMap(([claim, mapping]) => wrongClaim(claim, ruleOf(mapping), domains)),
    ...roles.flatMap((rule, at) => wrongCondition(`roles[${at}].if`, rule.if, given)),
  ]
  return mistakes.length > 0 ? mistakes : failedExamples(tests, settings)
}

function isOn(mapping: Mapping | undefined): boolean {
  const rule = mapping && ruleOf(mapping)
  return rule !== undefined && (rule.value !== undefined || namesIn(rule).length > 0)
}

function wrongClaim(claim: string, rule: ClaimRule, domains: readonly string[]): Mistake[] {
  const field = `attributes.${claim}`
  const wrong = (member: string, message: string): Mistake => ({ field: `${field}${member}`, message })
  const mistakes: Mistake[] = []
  if (reservedClaims.has(claim)) mistakes.push(wrong('', 'is a claim that only Assay sets: choose another name.'))
  if (origins.filter(origin => rule[origin] !== undefined).length !== 1)
    mistakes.push(wrong('', `takes exactly one of ${origins.join(', ')}.`))
  if (rule.separator !== undefined && !rule.join) mistakes.push(wrong('.separator', 'stands only beside join.'))
  if (rule.scoped && domains.length === 0)
    mistakes.push(wrong('.scoped', 'needs domains of this connection to compare with.'))
  return mistakes
}

function wrongCondition(field: string, condition: Condition, given: ReadonlySet<string>, depth = 1): Mistake[] {
  if (depth > deepest) return [{ field, message: `stands deeper than ${deepest} conditions in one another.` }]
  return Object.entries(condition).flatMap(([member, wanted]): Mistake[] => {
    const place = `${field}.${member}`
    const inner = (at: string, one: unknown) =>
      isObject(one)
        ? wrongCondition(at, one, given, depth + 1)
        : [{ field: at, message: 'must be a condition such as { "groups": ["staff"] }.' }]
    if (!Array.isArray(wanted)) return member === 'not' ? inner(place, wanted) : [notAList(place)]
    if (wanted.length > 0 && wanted.every(one => typeof one === 'string')) return unlessGiven(place, member, given)
    if (member !== 'all' && member !== 'any') return [notAList(place)]
    return wanted.length === 0 ? [notAList(place)] : wanted.flatMap((one, at) => inner(`${place}[${at}]`, one))
  })
}

function isObject(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function notAList(field: string): Mistake {
  return { field, message: 'must be a list of values; conditions stand under all, any and not.' }
}

function unlessGiven(field: string, claim: string, given: ReadonlySet<string>): Mistake[] {
  return given.has(claim) ? [] : [{ field, message: 'is no claim that attributes gives: correct its name, or map it.' }]
}
