// Claims → roles. A condition is true, false, or not known (undefined: the identity provider left groups out); a role is granted
// only where it is true, so that `not` never grants on what nobody said.

import { fits } from './glob.ts'

/**
 * Every member must hold. A claim with a list: one of its values fits one of these patterns. `all` and `any` with a list of
 * conditions, `not` with one.
 */
export interface Condition {
  [member: string]: readonly (string | Condition)[] | Condition
}

/** Where the condition holds, the roles are granted. */
export interface RoleRule {
  if: Condition
  grant: string[]
}

/** What is known of a claim; `complete` is false where there may be values that did not come. */
export interface Known {
  values: ReadonlySet<string>
  complete: boolean
}

type Truth = boolean | undefined
type Claim = (name: string) => Known

/** Each role that is granted, with the rules that grant it, as `roles[0]`. */
export function grantRoles(rules: readonly RoleRule[], known: ReadonlyMap<string, Known>): Map<string, string[]> {
  const claim: Claim = name => known.get(name) ?? { values: new Set(), complete: true }
  const grants = new Map<string, string[]>()
  for (const [at, rule] of rules.entries()) {
    if (holds(rule.if, claim) !== true) continue
    for (const role of new Set(rule.grant)) grants.set(role, [...(grants.get(role) ?? []), `roles[${at}]`])
  }
  return grants
}

function holds(condition: Condition, claim: Claim): Truth {
  return all(Object.entries(condition).map(([name, wanted]) => memberHolds(name, wanted, claim)))
}

function memberHolds(name: string, wanted: Condition[string], claim: Claim): Truth {
  if (!Array.isArray(wanted)) return not(holds(wanted as Condition, claim))
  const inner = wanted.filter(one => typeof one !== 'string')
  if (inner.length > 0) return (name === 'any' ? any : all)(inner.map(one => holds(one, claim)))
  const { values, complete } = claim(name)
  const named = (pattern: string) =>
    pattern.includes('*') ? [...values].some(value => fits(pattern, value)) : values.has(pattern)
  if (wanted.some(named)) return true
  return complete ? false : undefined
}

function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.includes(undefined) ? undefined : true
}

function any(truths: readonly Truth[]): Truth {
  return not(all(truths.map(not)))
}

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth
}
