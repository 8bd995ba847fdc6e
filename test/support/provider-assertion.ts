// The assertion of a provider's response, without its Signature: a Profile and a login → the description of the element.

import type { ServiceProvider } from './idp.ts'
import type { Profile, ProfileAttribute, Stamp } from './profile.ts'
import { type Node, node } from './twin.ts'

/** What the assertion is about. */
export interface Login {
  sp: ServiceProvider
  /** Where the admin typed it apart from the ACS URL, and wrong. */
  recipient?: string
  inResponseTo: string | null
  now: number
}

export const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const xsi = 'http://www.w3.org/2001/XMLSchema-instance'
/** The namespace of the types that xsi:type names. */
export const schemaNamespace = 'http://www.w3.org/2001/XMLSchema'

/** A prefix as it stands before a name, and as it is declared; '' is the default namespace. */
export const of = (prefix: string): string => (prefix === '' ? '' : `${prefix}:`)
export const xmlns = (prefix: string): string => (prefix === '' ? 'xmlns' : `xmlns:${prefix}`)

/** A time in a vendor's form. */
export function stamp(milliseconds: number, form: Stamp): string {
  const text = new Date(milliseconds).toISOString()
  return { milliseconds: text, seconds: `${text.slice(0, 19)}Z`, zeros: `${text.slice(0, 19)}.000Z` }[form]
}

/** The Issuer; its namespace is declared where nothing around it does. */
export function issuerNode(profile: Profile, declares: boolean): Node {
  const { prefixes, issuerFormat } = profile
  const attributes = [[xmlns(prefixes.assertion), declares ? saml : null] as const, ['Format', issuerFormat] as const]
  return node(`${of(prefixes.assertion)}Issuer`, attributes, profile.issuer)
}

/** The assertion, unsigned. */
export function assertionNode(profile: Profile, login: Login): Node {
  const { prefixes, types, repeats, times } = profile
  const typed = types.on === 'assertion'
  const parts = {
    Subject: subject,
    Conditions: conditions,
    AuthnStatement: authnStatement,
    AttributeStatement: attributeStatement,
  }
  return node(
    `${of(prefixes.assertion)}Assertion`,
    [
      ['xmlns', repeats.includes('default-namespace-on-assertion') ? saml : null],
      [xmlns(prefixes.assertion), profile.rootDeclaresAssertion ? null : saml],
      [xmlns(types.prefix), typed ? schemaNamespace : null],
      ['xmlns:xsi', typed ? xsi : null],
      ['ID', profile.ids.assertion],
      ['IssueInstant', stamp(login.now, times.assertion)],
      ['Version', '2.0'],
    ],
    issuerNode(profile, false),
    ...profile.order.map(name => parts[name](profile, login)),
  )
}

const at = ({ times }: Profile, { now }: Login, seconds: number): string => stamp(now + seconds * 1000, times.assertion)

function subject(profile: Profile, login: Login): Node {
  const p = of(profile.prefixes.assertion)
  const { sp, inResponseTo } = login
  const data = node(`${p}SubjectConfirmationData`, [
    ['Address', profile.address ? '192.0.2.7' : null],
    ['InResponseTo', inResponseTo],
    ['NotOnOrAfter', at(profile, login, profile.windows.confirmation)],
    ['Recipient', login.recipient ?? sp.acsUrl],
  ])
  const bearer = [['Method', 'urn:oasis:names:tc:SAML:2.0:cm:bearer']] as const
  return node(`${p}Subject`, [], nameId(profile, login), node(`${p}SubjectConfirmation`, bearer, data))
}

function nameId({ nameId: name, issuer, prefixes }: Profile, { sp }: Login): Node | null {
  if (!name) return null
  const attributes = [
    ['Format', name.format],
    ['NameQualifier', name.qualified ? issuer : null],
    ['SPNameQualifier', name.qualified ? sp.entityId : null],
  ] as const
  return node(`${of(prefixes.assertion)}NameID`, attributes, name.value)
}

function conditions(profile: Profile, login: Login): Node {
  const p = of(profile.prefixes.assertion)
  const { notBefore, notOnOrAfter } = profile.windows
  return node(
    `${p}Conditions`,
    [
      ['NotBefore', at(profile, login, notBefore)],
      ['NotOnOrAfter', at(profile, login, notOnOrAfter)],
    ],
    node(`${p}AudienceRestriction`, [], node(`${p}Audience`, [], login.sp.entityId)),
  )
}

function authnStatement(profile: Profile, login: Login): Node {
  const p = of(profile.prefixes.assertion)
  const { windows, ids, times, address } = profile
  const index = { assertion: ids.assertion, request: login.inResponseTo ?? '_portal', own: '_session' }
  return node(
    `${p}AuthnStatement`,
    [
      ['AuthnInstant', stamp(login.now + windows.authn * 1000, times.authn)],
      ['SessionIndex', index[profile.sessionIndex]],
      ['SessionNotOnOrAfter', windows.session === null ? null : at(profile, login, windows.session)],
    ],
    address ? node(`${p}SubjectLocality`, [['Address', '192.0.2.7']]) : null,
    node(`${p}AuthnContext`, [], node(`${p}AuthnContextClassRef`, [], profile.authnContext)),
  )
}

function attributeStatement(profile: Profile): Node | null {
  if (profile.attributes.length === 0) return null
  const all = profile.attributes.flatMap(one => {
    const groups = one.apart ? one.values.map(value => [value]) : [one.values]
    return groups.map(values => attributeNode(profile, one, values))
  })
  return node(`${of(profile.prefixes.assertion)}AttributeStatement`, [], ...all)
}

function attributeNode(profile: Profile, attribute: ProfileAttribute, values: readonly string[]): Node {
  const p = of(profile.prefixes.assertion)
  const { name, format = null, friendlyName = null, type = null, nested } = attribute
  const { on, prefix } = profile.types
  const typed = [
    [xmlns(prefix), type && on === 'value' ? schemaNamespace : null],
    ['xmlns:xsi', type && on !== 'assertion' ? xsi : null],
    ['xsi:type', type],
  ] as const
  return node(
    `${p}Attribute`,
    [
      ['Name', name],
      ['NameFormat', format],
      ['FriendlyName', friendlyName],
    ],
    ...values.map(value => node(`${p}AttributeValue`, typed, nested ? node(`${p}NameID`, [], value) : value)),
  )
}
