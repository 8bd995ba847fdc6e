// The identifiers that the SAML, XML Signature and XML Encryption specifications fix, in one place.

/** XML namespaces, by the prefix that the specifications use. */
export const ns = {
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  md: 'urn:oasis:names:tc:SAML:2.0:metadata',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  xenc11: 'http://www.w3.org/2009/xmlenc11#',
  ec: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const

/** Protocol bindings (saml-bindings §3). */
export const bindings = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
} as const

/** Name identifier formats (saml-core §8.3). */
export const nameIdFormats = {
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  entity: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
} as const

/** The only subject confirmation method of the Web Browser SSO profile (saml-profiles §3.3). */
export const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

/** The one top-level status code that carries an assertion (saml-core §3.2.2.2). */
export const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'

/** The second-level status of a logout that did not reach every session (saml-core §3.7.3.2). */
export const partialLogout = 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout'
