// In what words a connection describes people: attributes → claims, claims → roles, and the one name that stays. Only what the
// mapping names comes out; FriendlyName is never read (it is not normative), and no attribute can name a reserved claim.

import { createHash } from 'node:crypto'
import { type Assertion, named } from '../saml/assertion.ts'
import { nameIdFormats } from '../saml/names.ts'
import type { Connection, RoleRule } from './connection.ts'
import { reservedClaims } from './reserved-claims.ts'

/** The claims of a person, as they go into a token. */
export type Claims = Record<string, string | string[]>

const lists = ['groups', 'roles']
const singles = ['email', 'name', 'given_name', 'family_name']
const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

/** What a connection's mapping and role rules make of an assertion. */
export function describePerson(
  assertion: Assertion,
  { attributes, roles }: Pick<Connection, 'attributes' | 'roles'>,
): Claims {
  const mapped = Object.entries(attributes)
    .filter(([claim]) => !reservedClaims.has(claim))
    .map(([claim, names]) => [claim, shape(claim, firstPresent(assertion, names))] as const)
    .filter(([, value]) => value.length > 0)
  const claims: Claims = Object.fromEntries(mapped)
  const { nameID, authnStatements } = assertion
  if (!claims['email'] && attributes['email']?.length && nameID?.format === emailFormat) claims['email'] = nameID.value
  const granted = grantedRoles(claims, roles)
  if (granted.length > 0) claims['roles'] = granted
  const acr = authnStatements.find(one => one.authnContextClassRef)?.authnContextClassRef
  if (acr) claims['acr'] = acr
  return claims
}

function firstPresent(assertion: Assertion, names: readonly string[]): string[] {
  for (const name of names) {
    const values = assertion.attributes.filter(one => one.name === name).flatMap(one => one.values)
    const filled = values.map(value => value.trim()).filter(value => value !== '')
    if (filled.length > 0) return [...new Set(filled)]
  }
  return []
}

function shape(claim: string, values: string[]): string | string[] {
  if (lists.includes(claim)) return values
  return values.length > 1 && !singles.includes(claim) ? values : (values[0] ?? '')
}

function grantedRoles(claims: Claims, rules: readonly RoleRule[]): string[] {
  const holds = ([claim, wanted]: [string, string[]]) =>
    [claims[claim] ?? []].flat().some(value => wanted.includes(value))
  const granted = rules.filter(rule => Object.entries(rule.if).every(holds)).flatMap(rule => rule.grant)
  return [...new Set(granted)]
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
