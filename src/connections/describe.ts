// In what words a connection describes people: attributes → claims, claims → roles, and the one name that stays. Only what the
// mapping names comes out; FriendlyName is never read (it is not normative), and no attribute can name a reserved claim.

import { createHash } from 'node:crypto'
import { Problem } from '../problem.ts'
import { type Assertion, named } from '../saml/assertion.ts'
import { nameIdFormats } from '../saml/names.ts'
import {
  type Attributes,
  attributesOf,
  type ClaimRule,
  inScope,
  namesIn,
  refine,
  ruleOf,
  shape,
  type Taken,
  take,
} from './claim-rule.ts'
import { requireRoom } from './claims-size.ts'
import type { Connection } from './connection.ts'
import { groupsAttribute, groupsLeftOut, readsGroups } from './group-overage.ts'
import { reservedClaims } from './reserved-claims.ts'
import { grantRoles, type Known } from './role-rule.ts'

/** The claims of a person, as they go into a token. */
export type Claims = Record<string, string | string[] | boolean>

/** What a connection says of a person, and why: claim → attribute names, role → rules. */
export interface Description {
  claims: Claims
  sources: Record<string, string[]>
  grants: Record<string, string[]>
  /** Whether the identity provider left the groups out. */
  groupsLeftOut: boolean
  /** What to keep for a next login that leaves them out: the groups, null for nothing, undefined for what is kept already. */
  keep: string[] | null | undefined
}

/** What of an assertion describes a person. */
export type Statement = Pick<Assertion, 'nameID' | 'attributes' | 'authnStatements'>

/** What of a connection does. */
export type Wording = Pick<Connection, 'attributes' | 'roles' | 'domains' | 'on_group_overage'>

const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

/**
 * What a connection's mapping and role rules make of an assertion. `lastGroups` are those of the person's last login, where the
 * policy keeps them. Throws `groups_overage`, `claim_out_of_scope`, `claim_missing`, `claims_too_large`.
 */
export function describePerson(statement: Statement, wording: Wording, lastGroups?: readonly string[]): Description {
  const rules = rulesOf(wording)
  const attributes = attributesOf(statement.attributes)
  const leftOut = groupsLeftOut(attributes, rules.values())
  if (leftOut && wording.on_group_overage === 'refuse')
    throw new Problem('groups_overage', { detail: came(attributes) })
  const keep = wording.on_group_overage === 'keep_last' ? (attributes.get(groupsAttribute) ?? []) : null
  if (leftOut && lastGroups) attributes.set(groupsAttribute, [...lastGroups])
  const taken = new Map([...rules].map(([claim, rule]) => [claim, takeClaim(claim, rule, attributes, statement)]))
  requireScopes(rules, taken, wording.domains)
  requirePresence(rules, taken, attributes)
  const acr = statement.authnStatements.find(one => one.authnContextClassRef)?.authnContextClassRef
  const complete = (rule: ClaimRule) => !leftOut || attributes.has(groupsAttribute) || !readsGroups(rule)
  const grants = grantRoles(wording.roles, knownOf(rules, taken, complete, acr))
  const claims: Claims = Object.fromEntries([
    ...shown(rules, taken),
    ...(leftOut ? [['groups_overage', true] as const] : []),
    ...(grants.size > 0 ? [['roles', [...grants.keys()]] as const] : []),
    ...(acr ? [['acr', acr] as const] : []),
  ])
  requireRoom(claims)
  const sources = [...taken].filter(([, { values }]) => values.length > 0).map(([claim, one]) => [claim, one.sources])
  return {
    claims,
    sources: Object.fromEntries(sources),
    grants: Object.fromEntries(grants),
    groupsLeftOut: leftOut,
    keep: leftOut && keep ? undefined : keep,
  }
}

/** Whether the groups of the person's last login count. */
export function wantsLastGroups({ attributes }: Statement, wording: Wording): boolean {
  return wording.on_group_overage === 'keep_last' && groupsLeftOut(attributesOf(attributes), rulesOf(wording).values())
}

type Rules = ReadonlyMap<string, ClaimRule>
type AllTaken = ReadonlyMap<string, Taken>

function rulesOf({ attributes }: Wording): Map<string, ClaimRule> {
  const allowed = Object.entries(attributes).filter(([claim]) => !reservedClaims.has(claim))
  return new Map(allowed.map(([claim, mapping]) => [claim, ruleOf(mapping)]))
}

// A NameID that says it is an e-mail address is one where no attribute is.
function takeClaim(claim: string, rule: ClaimRule, attributes: Attributes, { nameID }: Statement): Taken {
  const taken = take(rule, attributes)
  const named = claim === 'email' && taken.sources.length === 0 && namesIn(rule).length > 0
  if (!named || nameID?.format !== emailFormat) return taken
  return { values: refine(rule, [nameID.value]), sources: ['NameID'] }
}

function requireScopes(rules: Rules, taken: AllTaken, domains: readonly string[]): void {
  for (const [claim, rule] of rules) {
    const foreign = rule.scoped ? taken.get(claim)?.values.find(value => !inScope(value, domains)) : undefined
    if (foreign === undefined) continue
    const scope = foreign.includes('@') ? `@${foreign.slice(foreign.lastIndexOf('@') + 1).slice(0, 200)}` : 'no domain'
    throw new Problem('claim_out_of_scope', { detail: `${claim} with ${scope}` })
  }
}

function requirePresence(rules: Rules, taken: AllTaken, attributes: Attributes): void {
  const missing = [...rules].filter(([claim, rule]) => rule.required && taken.get(claim)?.values.length === 0)
  if (missing.length === 0) return
  const named = missing.map(([claim, rule]) => `${claim} (from ${namesIn(rule).join(', ')})`).join('; ')
  throw new Problem('claim_missing', { detail: `no ${named}; ${came(attributes)}` })
}

// Names only, and no more than an operator can look through: an identity provider decides how many there are and how long.
function came(attributes: Attributes): string {
  const names = [...attributes.keys()].map(name => (name.length > 150 ? `${name.slice(0, 150)}…` : name))
  const more = names.length > 50 ? `, and ${names.length - 50} more` : ''
  return names.length === 0 ? 'no attribute came' : `these attributes came: ${names.slice(0, 50).join(', ')}${more}`
}

function knownOf(rules: Rules, taken: AllTaken, complete: (rule: ClaimRule) => boolean, acr: string | undefined) {
  const known = new Map<string, Known>(acr === undefined ? [] : [['acr', { values: new Set([acr]), complete: true }]])
  for (const [claim, rule] of rules) {
    const values = [shape(claim, rule, taken.get(claim)?.values ?? [])].flat().filter(value => value !== '')
    known.set(claim, { values: new Set(values), complete: complete(rule) })
  }
  return known
}

function shown(rules: Rules, taken: AllTaken): (readonly [string, string | string[]])[] {
  return [...rules]
    .filter(([claim, rule]) => rule.in_token !== false && (taken.get(claim)?.values.length ?? 0) > 0)
    .map(([claim, rule]) => [claim, shape(claim, rule, taken.get(claim)?.values ?? [])] as const)
}

/**
 * SHA-256 of the one name that stays, in an encoding in which no two names are alike: a JSON list of where it comes from, its
 * qualifiers and its value (saml-core §8.3.7). Undefined where the assertion does not have it.
 */
export function subjectHash(assertion: Assertion, subject: string | null): Buffer | undefined {
  const name = subject === null ? nameIdParts(assertion) : attributeParts(assertion, subject)
  return name && createHash('sha256').update(JSON.stringify(name)).digest()
}

function nameIdParts({ nameID }: Assertion) {
  if (!nameID) return undefined
  const { format = nameIdFormats.unspecified, nameQualifier = null, spNameQualifier = null, value } = nameID
  return ['NameID', format, nameQualifier, spNameQualifier, value]
}

function attributeParts(assertion: Assertion, subject: string) {
  const value = named(assertion, subject)
  return value === undefined ? undefined : ['Attribute', subject, value]
}
