// The OASIS and W3C schemas (saml-core §1.2), compiled once and run in process. The texts come in from outside: this room has no disk.

import { Problem } from '../problem.ts'
import { compileXsd, type XmlElement } from './xml.ts'

/** Passes a message that follows the SAML protocol schema; throws `schema_invalid` with the validator's first words otherwise. */
export type Schema = (root: XmlElement) => void

const main = 'saml-schema-protocol-2.0.xsd'

/** The files of the protocol schema, by name, in the order in which they are imported. */
export const schemaFiles = [
  main,
  'saml-schema-assertion-2.0.xsd',
  'xenc-schema.xsd',
  'xmldsig-core-schema.xsd',
] as const

/** Compiles the protocol schema from the texts of `schemaFiles`. */
export function protocolSchema(texts: Record<string, string>): Schema {
  // The W3C's files carry a DOCTYPE whose internal subset only repeats what the schema element says.
  const withoutDoctype = Object.entries(texts).map(([name, text]) => [
    name,
    text.replace(/<!DOCTYPE[^[>]*(\[[^\]]*\])?\s*>/, ''),
  ])
  const validate = compileXsd(Object.fromEntries(withoutDoctype), main)
  return root => {
    const mistake = validate(root)
    if (mistake !== undefined) throw new Problem('schema_invalid', { detail: mistake })
  }
}
