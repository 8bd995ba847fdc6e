import type { Attack } from '../../support/attack.ts'
import { revalue, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a forger shortens an HMAC to eight bits by HMACOutputLength, so that one guess in 256 is right (CVE-2009-0217)',
  code: 'signature_algorithm',
  trust: { allowSha1: true },
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, /<ds:SignatureMethod .*?<\/ds:SignatureMethod>/, method),
        after: text => revalue(text, () => Buffer.of(0)),
      },
    }),
    control: response(),
  }),
}

const method =
  '<ds:SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>'
