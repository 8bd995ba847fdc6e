// Where the signatures stand, and what else the Signature element carries.

import type { Legitimate } from '../support/legitimate.ts'
import { change, changes, set } from '../support/rewrite.ts'

export const cases: readonly Legitimate[] = [
  { sentence: 'the Assertion is signed', response: ({ response }) => response({ sign: 'assertion' }) },
  { sentence: 'the Response is signed', response: ({ response }) => response({ sign: 'response' }) },
  { sentence: 'Response and Assertion are signed', response: ({ response }) => response({ sign: 'both' }) },
  {
    sentence: 'Response and Assertion are signed where both are wanted',
    response: ({ response }) => response({ sign: 'both' }),
    expected: { requireSigned: 'both' },
  },
  {
    sentence: 'the signed Assertion stands in a Response without Destination and Issuer',
    response: ({ response }) => response({ destination: null, responseIssuer: null }),
  },
  {
    sentence: 'the Signature, its SignatureValue and its KeyInfo have Ids of their own',
    response: ({ response }) =>
      response({
        signature: {
          after: changes(
            change('<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">', tagged),
            change('<ds:SignatureValue>', '<ds:SignatureValue Id="_value">'),
            change('<ds:KeyInfo>', '<ds:KeyInfo Id="_key">'),
          ),
        },
      }),
  },
  {
    sentence: 'the Reference has an Id',
    response: ({ response }) => response({ signature: { signedInfo: set('ds:Reference', { Id: '_reference' }) } }),
  },
  {
    sentence: 'IDs hold dots, hyphens and letters beyond ASCII',
    response: ({ response }) => response({ sign: 'both', responseId: 'a.b-c_1', assertionId: 'id-ü.2' }),
  },
  {
    sentence: 'the ID of the Assertion is as long as a line',
    response: ({ response }) => response({ assertionId: `_${'a'.repeat(200)}` }),
  },
]

const tagged = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="_signature">'
