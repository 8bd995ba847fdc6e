// The OASIS and W3C schemas (saml-core §1.2), compiled once and run in process. The texts come in from outside: this room has no disk.

import { Problem } from '../problem.ts'
import { ns } from './names.ts'
import type { XmlElement } from './xml.ts'
import { compileXsd } from './xsd.ts'

/** Passes a message that follows the SAML protocol schema; throws `schema_invalid` with the validator's first words otherwise. */
export type Schema = (root: XmlElement) => void

/** The files of the protocol schema, by name. */
export const schemaFiles = [
  'saml-schema-protocol-2.0.xsd',
  'saml-schema-assertion-2.0.xsd',
  'xenc-schema.xsd',
  'xmldsig-core-schema.xsd',
] as const

// XML Encryption 1.1 puts its mask generation, and exclusive canonicalisation its PrefixList, where the older schemas take only
// elements that some schema declares (xmlenc-core1 §5.5.2, xml-exc-c14n §3).
const ours = {
  'xenc11.xsd': `<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="${ns.xenc11}">
    <element name="MGF"><complexType><attribute name="Algorithm" type="anyURI" use="required"/></complexType></element>
  </schema>`,
  'exc-c14n.xsd': `<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="${ns.ec}">
    <element name="InclusiveNamespaces"><complexType><attribute name="PrefixList" type="string"/></complexType></element>
  </schema>`,
  'all.xsd': `<schema xmlns="http://www.w3.org/2001/XMLSchema">
    <import namespace="${ns.samlp}" schemaLocation="${schemaFiles[0]}"/>
    <import namespace="${ns.xenc11}" schemaLocation="xenc11.xsd"/>
    <import namespace="${ns.ec}" schemaLocation="exc-c14n.xsd"/>
  </schema>`,
}

/** Compiles the protocol schema from the texts of `schemaFiles`. */
export function protocolSchema(texts: Record<string, string>): Schema {
  // The W3C's files carry a DOCTYPE whose internal subset only repeats what the schema element says.
  const doctype = /<!DOCTYPE[^[>]*(\[[^\]]*\])?\s*>/
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replace(doctype, '')]))
  const validate = compileXsd({ ...files, ...ours }, 'all.xsd')
  return root => {
    const mistake = validate(root)
    if (mistake !== undefined) throw new Problem('schema_invalid', { detail: mistake })
  }
}
