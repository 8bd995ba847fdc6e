// THE GUIDES. How a person who administers an identity provider connects it to us: the steps of its console in their order,
// in its own words. Facts only; `markdown.ts` and the pages write them. It never touches a request or a connection.
// In texts, *asterisks* stand around the vendor's words, `backticks` around what is typed, and {acs_url} for a value of ours.

import type { Provider } from '../connections/provider.ts'

/** Every guide; two providers have one without being a `provider` of a connection. */
export type GuideId = Provider | 'cyberark' | 'rippling'

/** What we state and they paste, with the name that we give it within a sentence. */
export const ours = {
  entity_id: 'entity ID',
  acs_url: 'ACS URL',
  acs_url_pattern: 'ACS URL as a regular expression',
  slo_url: 'logout URL',
  metadata_url: 'metadata URL',
  login_url: 'sign-in address',
  certificate: 'certificate',
} as const

/** The name of one value of ours. */
export type Ours = keyof typeof ours

/** What they state and we need, with the name that we give it: one of the first two, or the last three. */
export const needed = {
  metadata_url: 'Metadata URL',
  metadata_xml: 'Metadata file',
  sign_on_url: 'Sign on URL',
  issuer: 'Issuer',
  certificates: 'Public Certificate',
} as const

/** A field of their form: it takes a value of ours, a text that is typed, or one of the choices that it offers. */
export type Field =
  | { theirs: string; ours: Ours }
  | { theirs: string; value: string }
  | { theirs: string; choose: string }

/** An attribute to be sent: its value in their words, the name that it travels under, the claim that it gives. */
export interface Sent {
  from: string
  name: string
  claim: string
}

/** Something of theirs that is to be copied to us. */
export interface Given {
  theirs: string
  ours: keyof typeof needed
}

/** One screen of their console. */
export interface Step {
  title: string
  /** The click path to it. */
  where?: string
  text?: string
  fields?: readonly Field[]
  attributes?: readonly Sent[]
  /** A piece of their configuration, to be copied as it is. */
  code?: { label: string; text: string }
  gives?: readonly Given[]
}

/** What goes wrong, and the move that mends it. */
export interface Fix {
  problem: string
  fix: string
}

/** A whole guide. `provider` is what a connection made by it names. */
export interface Guide {
  id: GuideId
  provider: Provider
  title: string
  steps: readonly Step[]
  /** Whom the NameID of these steps names, and for how long. */
  name: string
  /** How its signing certificate is replaced, and what is to be done here. */
  certificates: string
  notes?: readonly string[]
  fixes: readonly Fix[]
}

/** Our values for one connection, ready to be filled in. */
export type OurValues = Readonly<Record<Ours, string>>

/** Our values with the pattern that is made of them. `certificate` is PEM. */
export function valuesOf(values: Omit<OurValues, 'acs_url_pattern'>): OurValues {
  const pattern = values.acs_url.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
  return { ...values, acs_url_pattern: `^${pattern}$` }
}

const base = 'https://sso.example/saml/<connection>'

/** What stands in a guide that is read before there is a connection. */
export const placeholders = valuesOf({
  entity_id: `${base}/metadata`,
  acs_url: `${base}/acs`,
  slo_url: `${base}/slo`,
  metadata_url: `${base}/metadata`,
  login_url: 'https://sso.example/login/<connection>',
  certificate: '-----BEGIN CERTIFICATE----- …',
})

/** A text with our values in place of their names in braces. */
export function fill(text: string, values: OurValues): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (isOurs(name) ? values[name] : whole))
}

/** What belongs into a field. */
export function valueFor(field: Field, values: OurValues): string {
  if ('choose' in field) return field.choose
  return 'ours' in field ? values[field.ours] : fill(field.value, values)
}

function isOurs(name: string): name is Ours {
  return Object.hasOwn(ours, name)
}
