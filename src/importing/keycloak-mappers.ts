// Keycloak's mappers of an identity provider → attributes and role rules.

import { isClaim, type Json, object, text } from './imported.ts'

const claimOf: Readonly<Record<string, string>> = { firstName: 'given_name', lastName: 'family_name' }

/** The attributes and rules that mappers amount to; what has no counterpart is noted. */
export function attributesAndRoles(
  mappers: readonly Json[],
  note: (message: string) => void,
): { attributes?: Json; roles?: Json[] } {
  const attributes: Record<string, unknown> = {}
  const roles: Json[] = []
  for (const mapper of mappers) {
    const config = object(mapper['config'])
    const kind = String(mapper['identityProviderMapper'])
    const left = (why: string) => note(`the mapper ${String(mapper['name'])} was left out: ${why}`)
    if (kind === 'saml-user-attribute-idp-mapper') takeAttribute(config, attributes, left)
    else if (kind === 'saml-role-idp-mapper')
      takeRole([{ key: nameIn(config, 'attribute'), value: config['attribute.value'] }], config, {
        attributes,
        roles,
        left,
      })
    else if (kind === 'saml-advanced-role-idp-mapper' && config['are.attribute.values.regex'] !== 'true')
      takeRole(pairs(config['attributes']), config, { attributes, roles, left })
    else
      left(
        `there is nothing like ${kind} here${kind.includes('advanced') ? ' where its values are regular expressions' : ''}`,
      )
  }
  return {
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    ...(roles.length > 0 ? { roles } : {}),
  }
}

function nameIn(config: Json, prefix: string): string | undefined {
  return text(config[`${prefix}.name`]) ?? text(config[prefix]) ?? text(config[`${prefix}.friendly.name`])
}

function takeAttribute(config: Json, attributes: Record<string, unknown>, left: (why: string) => void): void {
  const [from, user] = [nameIn(config, 'attribute'), text(config['user.attribute'])]
  const claim = user && (claimOf[user] ?? user)
  if (from === undefined || claim === undefined) left('it names no attribute')
  else if (!isClaim(claim)) left(`${claim} is no claim that a mapping may set`)
  else attributes[claim] = [...(Array.isArray(attributes[claim]) ? attributes[claim] : []), from]
}

interface Made {
  attributes: Record<string, unknown>
  roles: Json[]
  left: (why: string) => void
}

// A role's attribute becomes a claim that only rules see.
function takeRole(wanted: readonly Json[], config: Json, { attributes, roles, left }: Made): void {
  const role = text(config['role'])
  const conditions = wanted.map(({ key, value }) => ({ key: text(key) ?? '', value: text(value) ?? '' }))
  const claims = conditions.map(({ key }) => `from_${key.replace(/[^A-Za-z0-9]+/g, '_')}`.slice(0, 200))
  const wrong = wrongRole(role, conditions, claims)
  if (role === undefined || wrong !== undefined) {
    left(wrong ?? '')
    return
  }
  for (const [at, { key }] of conditions.entries()) attributes[claims[at] ?? ''] = { from: [key], in_token: false }
  roles.push({ if: Object.fromEntries(conditions.map(({ value }, at) => [claims[at], [value]])), grant: [role] })
}

function wrongRole(
  role: string | undefined,
  conditions: readonly { key: string; value: string }[],
  claims: readonly string[],
): string | undefined {
  if (role === undefined || conditions.length === 0) return 'it names no role or no attribute'
  if (conditions.some(one => one.key === '' || one.value === ''))
    return 'it does not say which value an attribute must have'
  if (conditions.some(one => one.value.includes('*'))) return 'a * in a value stands for anything here'
  return new Set(claims).size < claims.length ? 'it wants several values of one attribute' : undefined
}

function pairs(json: unknown): Json[] {
  try {
    const read: unknown = JSON.parse(String(json))
    return Array.isArray(read) ? read.map(object) : []
  } catch {
    return []
  }
}
