// What LemonLDAP::NG (its SAML engine is Lasso) sends under which options, and what must come of it. Options are named as there,
// less the prefix samlSPMetaDataOptions.

/** One connection: our `settings`, the `options` of our entry there, and what is signed with what, or the code of the refusal. */
export interface Case {
  settings?: object
  options?: object
  expected: { signed: string[]; algorithms: string[] } | { code: string }
}

const response = ['Response']
const assertion = ['Assertion']
const both = [...response, ...assertion]
const sha256 = ['rsa-sha256', 'sha256']
const encrypted = [...sha256, 'aes128-cbc', 'rsa-oaep-mgf1p']
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
const method = (name: string) => ({ SignatureMethod: name })
const asConfigured = { nameid_format: null }

/** A sign-in with … */
export const cases: Record<string, Case> = {
  'a request by HTTP-Redirect': {
    settings: { request_binding: 'redirect' },
    expected: { signed: both, algorithms: sha256 },
  },
  'a request by HTTP-POST': {
    settings: { request_binding: 'post' },
    expected: { signed: both, algorithms: sha256 },
  },
  'both signatures wanted': {
    settings: { require_signed: 'both' },
    expected: { signed: both, algorithms: sha256 },
  },
  'the assertion signed only': {
    settings: { require_signed: 'assertion' },
    options: { SignSSOMessage: 0 },
    expected: { signed: assertion, algorithms: sha256 },
  },
  'the assertion signed where the response is wanted': {
    settings: { require_signed: 'response' },
    options: { SignSSOMessage: 0 },
    expected: { code: 'signature_missing' },
  },
  'RSA-SHA384': {
    options: method('RSA_SHA384'),
    expected: { signed: both, algorithms: ['rsa-sha384', 'sha384'] },
  },
  'RSA-SHA512 over SHA-384 digests': {
    options: method('RSA_SHA512'),
    expected: { signed: both, algorithms: ['rsa-sha512', 'sha384'] },
  },
  'RSA-SHA1': {
    options: method('RSA_SHA1'),
    expected: { code: 'signature_algorithm' },
  },
  'RSA-SHA1 until a date': {
    settings: { allow_sha1_until: tomorrow },
    options: method('RSA_SHA1'),
    expected: { signed: both, algorithms: ['rsa-sha1', 'sha1'] },
  },
  'an encrypted assertion': {
    settings: { require_encrypted: true, require_signed: 'both' },
    options: { EncryptionMode: 'assertion' },
    expected: { signed: response, algorithms: encrypted },
  },
  'an encrypted assertion that is signed inside only': {
    options: { EncryptionMode: 'assertion', SignSSOMessage: 0 },
    expected: { code: 'encryption_cbc_unsigned' },
  },
  'a plain assertion where an encrypted one is wanted': {
    settings: { require_encrypted: true },
    expected: { code: 'encryption_missing' },
  },
  'an e-mail address for a NameID': {
    settings: asConfigured,
    options: { NameIDFormat: 'email' },
    expected: { signed: both, algorithms: sha256 },
  },
  'a NameID of unspecified format': {
    settings: asConfigured,
    options: { NameIDFormat: 'unspecified', NameIDSessionKey: 'uid' },
    expected: { signed: both, algorithms: sha256 },
  },
  'a transient NameID': {
    settings: asConfigured,
    options: { NameIDFormat: 'transient' },
    expected: { code: 'subject_unstable' },
  },
}
