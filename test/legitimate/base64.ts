// Base64 in signatures, as libraries break it into lines: Java with &#13;, .NET and xmlsec with lines of 64 or 76.

import type { SignatureOptions } from '../support/dsig.ts'
import { type Legitimate, wrapped } from '../support/legitimate.ts'

type Break = (base64: string) => string

const within = (element: string, broken: Break) => (text: string) =>
  text.replace(new RegExp(`(?<=<ds:${element}>)[^<]*`), broken)

const breaking = (broken: Break, element?: 'SignatureValue' | 'DigestValue'): SignatureOptions => ({
  signedInfo: element === 'SignatureValue' ? text => text : within('DigestValue', broken),
  after: element === 'DigestValue' ? text => text : within('SignatureValue', broken),
})

const forms: Record<string, Break> = {
  'lines of 64': base64 => wrapped(base64, 64),
  'lines of 76, with a line’s end before and after': base64 => `\n${wrapped(base64, 76)}\n`,
  'indented lines': base64 => `\n      ${wrapped(base64, 64, '\n      ')}\n    `,
  'lines of 20, tabs between them': base64 => wrapped(base64, 20, '\t'),
}

const placements = ['assertion', 'response', 'both'] as const

// Java and .NET on Windows: the carriage returns are part of what is signed where a signature stands inside signed content.
const carriageReturns = (['SignatureValue', 'DigestValue'] as const).flatMap(element =>
  placements.map(
    (sign): Legitimate => ({
      sentence: `${element} has lines of 76 that end with a carriage return, &#13;; signed: ${sign}`,
      response: ({ response }) => {
        const signature = breaking(base64 => wrapped(base64, element === 'DigestValue' ? 20 : 76, '&#xD;\n'), element)
        return response({ sign, signature }).replaceAll('&#xD;', '&#13;')
      },
    }),
  ),
)

export const cases: readonly Legitimate[] = [
  ...Object.entries(forms).flatMap(([name, broken]) =>
    placements.map(
      (sign): Legitimate => ({
        sentence: `SignatureValue and DigestValue have ${name}; signed: ${sign}`,
        response: ({ response }) => response({ sign, signature: breaking(broken) }),
      }),
    ),
  ),
  ...carriageReturns,
  {
    sentence: 'SignatureValue and DigestValue end with a carriage return',
    response: ({ response }) => response({ signature: breaking(base64 => `${base64}&#xD;\n`) }),
  },
  {
    sentence: 'the lines of base64 end with CRLF in the text that is sent',
    response: ({ response }) =>
      response({ sign: 'both', signature: breaking(base64 => wrapped(base64, 64)) }).replaceAll('\n', '\r\n'),
  },
]
