// What was given instead of what was asked for, and the right move.

import type { Kind } from './kind.ts'

/** What to say of what is not metadata. */
export const words: Partial<Record<Kind, string>> = {
  private_key:
    'This is a private key. It was not kept, and we do not need it: whoever holds it can sign in as anybody of your company. It has left its place, so make a new signing key at your identity provider and withdraw this one. Then paste the certificate.',
  key_store:
    'This is a key store (.pfx or .p12), which holds a private key. It was not kept. It has left its place, so make a new signing key at your identity provider and withdraw this one. Then give the certificate alone (.cer, .crt or .pem).',
  message: 'This is a message of one sign-in, not metadata. Metadata begins with EntityDescriptor.',
  web_page:
    'This is a web page, perhaps a sign-in page that came instead of the file. Open the address in a window in which you are signed in, and save the file itself.',
  json: 'This is JSON, as OpenID Connect uses it. The metadata of SAML is XML and begins with EntityDescriptor.',
  other_xml: 'This is XML, but no metadata: that begins with EntityDescriptor and has an IDPSSODescriptor inside.',
}

/** What to say of what is not a certificate. */
export const notCertificates: Partial<Record<Kind, string>> = {
  ...words,
  fingerprint:
    'This is a fingerprint: it names a certificate, but nothing can be checked with it. Give the certificate itself; its text begins with -----BEGIN CERTIFICATE-----.',
  certificate_request:
    'This is a request for a certificate, not the certificate. Give the one that your identity provider signs with.',
  public_key:
    'This is a bare public key. Give the certificate around it; its text begins with -----BEGIN CERTIFICATE-----.',
  url: 'This is an address. Open it, and give the certificate that it leads to.',
}
