// How one claim is made of attributes: where its values come from, then what is done to them, in the order of the members below.
// Nothing but what a rule names comes out.

import { fits } from './glob.ts'

/** A rule for one claim. It has exactly one of the first four members; a plain list of names means `from`. */
export interface ClaimRule {
  /** Attribute names: the first that is present. */
  from?: string[]
  /** Attribute names: the values of all that are present. */
  all?: string[]
  /** Attribute names (or lists of them: the first that is present): one value each, joined by `separator`. */
  join?: (string | string[])[]
  /** The same for everybody. */
  value?: string | string[]
  /** Between what is joined; a space unless given. */
  separator?: string
  /** Takes lists apart that came as one text. */
  split?: string
  /** Lower case. */
  lower?: boolean
  /** Keeps the values that fit one of these patterns. */
  only?: string[]
  /** Every value must be `name@domain` with one of the connection's domains. */
  scoped?: boolean
  /** Always a list, or never; without it several values are a list and one is none. */
  list?: boolean
  /** No login without it. */
  required?: boolean
  /** `false`: role rules see it, tokens do not. */
  in_token?: boolean
}

/** A claim's rule as it is kept. */
export type Mapping = string[] | ClaimRule

/** Attributes by name, each with at least one value; values are trimmed, not empty, and there once. */
export type Attributes = ReadonlyMap<string, readonly string[]>

/** Values of a claim, and where they came from. */
export interface Taken {
  values: string[]
  sources: string[]
}

const lists = ['groups', 'roles']
const singles = ['email', 'name', 'given_name', 'family_name']

/** The rule that a mapping means. */
export function ruleOf(mapping: Mapping): ClaimRule {
  return Array.isArray(mapping) ? { from: mapping } : mapping
}

/** Every attribute name that a rule reads. */
export function namesIn({ from = [], all = [], join = [] }: ClaimRule): string[] {
  return [...from, ...all, ...join.flat()]
}

/** Attributes of one name as one; what has no value is not there. */
export function attributesOf(list: Iterable<{ name: string; values: readonly string[] }>): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const { name, values } of list) {
    const filled = filledOnce([...(all.get(name) ?? []), ...values])
    if (filled.length > 0) all.set(name, filled)
  }
  return all
}

/** What a rule takes from the attributes, refined. */
export function take(rule: ClaimRule, attributes: Attributes): Taken {
  const { values, sources } = origin(rule, attributes)
  return { values: refine(rule, values), sources }
}

function origin({ from, all, join, value, separator = ' ' }: ClaimRule, attributes: Attributes): Taken {
  if (value !== undefined) return { values: [value].flat(), sources: ['value'] }
  const first = (names: readonly string[]) => names.filter(name => attributes.has(name)).slice(0, 1)
  const named = join ? join.flatMap(part => first([part].flat())) : (all?.filter(has(attributes)) ?? first(from ?? []))
  const values = named.map(name => attributes.get(name) ?? [])
  if (!join) return { values: values.flat(), sources: named }
  return { values: [values.map(([one = '']) => one).join(separator)], sources: named }
}

function has(attributes: Attributes) {
  return (name: string): boolean => attributes.has(name)
}

/** What a rule makes of values: taken apart, in lower case, filtered, each once. */
export function refine({ split, lower, only }: ClaimRule, values: readonly string[]): string[] {
  const parts = split === undefined ? values : values.flatMap(value => value.split(split))
  const cased = filledOnce(lower ? parts.map(lowerCase) : parts)
  return only ? cased.filter(value => only.some(pattern => fits(pattern, value))) : cased
}

/** Values in the form of the claim: a list, or one text. */
export function shape(claim: string, { list }: ClaimRule, values: string[]): string | string[] {
  const asList = list ?? (lists.includes(claim) || (values.length > 1 && !singles.includes(claim)))
  return asList ? values : (values[0] ?? '')
}

/** Whether a value is a name within one of the domains (lower case): exactly one @, and no letter that only looks the same. */
export function inScope(value: string, domains: readonly string[]): boolean {
  const scope = /^[^@\s]+@([A-Za-z0-9.-]+)$/.exec(value)?.[1]
  return scope !== undefined && domains.includes(scope.toLowerCase())
}

// The Kelvin sign and the dotted I stay as they are: no letter from elsewhere becomes one of ASCII, so that no name becomes another's.
function lowerCase(value: string): string {
  return value.replace(/\p{Lu}/gu, letter => {
    const lower = letter.toLowerCase()
    return letter > '\x7f' && /[a-z]/.test(lower) ? letter : lower
  })
}

function filledOnce(values: readonly string[]): string[] {
  return [...new Set(values.map(value => value.trim()).filter(value => value !== ''))]
}
