// What SimpleSAMLphp sends under which options, and what must come of it.

/** One sign-in: `settings` of our connection, `options` of our entry at the identity provider. */
export interface Case {
  settings?: object
  options?: object
}

/** A Response that is taken: what is signed in it as seen from outside, and the algorithms that it names. */
export type Accepted = Case & { signed: string[]; algorithms: string[] }

/** A Response that is refused, and the code. */
export type Refused = Case & { code: string }

/** A connection that asks for persistent names: SimpleSAMLphp gives transient ones to those who ask for nothing. */
export const persistent = { nameid_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' }

/** A connection that asks for e-mail addresses as names. */
export const emailAddress = { nameid_format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }

/** No request is taken there but one that is signed by the key in our metadata. */
export const strict = { 'validate.authnrequest': true, 'redirect.validate': true }

const transient = { nameid_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }
const smartCard = { requested_authn_context: ['urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI'] }
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)

const sign = (response: boolean, assertion: boolean) => ({
  'saml20.sign.response': response,
  'saml20.sign.assertion': assertion,
})
const rsa = (hash: string) => ({ 'signature.algorithm': `http://www.w3.org/2001/04/xmldsig-more#rsa-${hash}` })
const sha1 = { 'signature.algorithm': 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }
const encrypted = { 'assertion.encryption': true }

/** Encrypts names, not assertions. */
export const encryptedName = { 'nameid.encryption': true }

const both = ['Response', 'Assertion']
const sha256 = ['rsa-sha256', 'sha256']
const aes = ['aes128-cbc', 'rsa-oaep-mgf1p']

/** Alice signs in with … */
export const accepted: Record<string, Accepted> = {
  'a request by HTTP-Redirect': {
    settings: { request_binding: 'redirect' },
    signed: ['Response'],
    algorithms: sha256,
  },
  'a request by HTTP-POST': {
    settings: { request_binding: 'post' },
    signed: ['Response'],
    algorithms: sha256,
  },
  'both signatures, as our metadata asks': {
    settings: { require_signed: 'both' },
    signed: both,
    algorithms: sha256,
  },
  'the response signed only': {
    settings: { require_signed: 'response' },
    options: sign(true, false),
    signed: ['Response'],
    algorithms: sha256,
  },
  'the assertion signed only': {
    settings: { require_signed: 'assertion' },
    options: sign(false, true),
    signed: ['Assertion'],
    algorithms: sha256,
  },
  'RSA-SHA384': {
    options: { ...sign(true, true), ...rsa('sha384') },
    signed: both,
    algorithms: ['rsa-sha384', 'sha384'],
  },
  'RSA-SHA512': {
    options: { ...sign(true, true), ...rsa('sha512') },
    signed: both,
    algorithms: ['rsa-sha512', 'sha512'],
  },
  'RSA-SHA1 until a date': {
    settings: { allow_sha1_until: tomorrow },
    options: { ...sign(true, true), ...sha1 },
    signed: both,
    algorithms: ['rsa-sha1', 'sha1'],
  },
  'an encrypted assertion, signed inside and outside': {
    settings: { require_encrypted: true, require_signed: 'both' },
    options: encrypted,
    signed: ['Response'],
    algorithms: [...sha256, ...aes],
  },
  'an encrypted assertion, signed outside only': {
    settings: { require_encrypted: true, require_signed: 'response' },
    options: encrypted,
    signed: ['Response'],
    algorithms: [...sha256, ...aes],
  },
  'AES-CBC in an unsigned response, where that is allowed': {
    settings: { allow_cbc_unsigned: true },
    options: { ...sign(false, true), ...encrypted },
    signed: [],
    algorithms: aes,
  },
  'a transient NameID, where an attribute names her': {
    settings: { ...transient, subject: 'uid' },
    signed: ['Response'],
    algorithms: sha256,
  },
  'an encrypted NameID': {
    options: encryptedName,
    signed: ['Response'],
    algorithms: [...sha256, ...aes],
  },
  'an encrypted NameID in an encrypted assertion': {
    options: { ...encryptedName, ...encrypted },
    signed: ['Response'],
    algorithms: [...sha256, ...aes],
  },
}

/** … is refused. */
export const refused: Record<string, Refused> = {
  'a transient NameID': { code: 'subject_unstable', settings: { nameid_format: null } },
  'SHA-1': { code: 'signature_algorithm', options: sha1 },
  'a response without any signature': { code: 'signature_missing', options: sign(false, false) },
  'one signature where two are wanted': {
    code: 'signature_missing',
    settings: { require_signed: 'both' },
    options: sign(true, false),
  },
  'AES-CBC in an unsigned response': {
    code: 'encryption_cbc_unsigned',
    options: { ...sign(false, true), ...encrypted },
  },
  'a plain assertion where an encrypted one is wanted': {
    code: 'encryption_missing',
    settings: { require_encrypted: true },
  },
  'a password where a smart card is wanted': { code: 'authn_context_mismatch', settings: smartCard },
}
