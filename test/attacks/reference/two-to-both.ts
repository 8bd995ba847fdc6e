import { createHash } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the Response’s signature references the Response and the assertion in it: one signature, two things to take for signed',
  code: 'signature_layout',
  forge: ({ parts, assertion, response }) => {
    const p = parts({ sign: 'response' })
    const digest = createHash('sha256').update(assertion(p)).digest('base64')
    const second = (reference: string) =>
      reference + swap(swap(reference, p.responseId, p.assertionId), /(?<=<ds:DigestValue>)[^<]*/, digest)
    const signedInfo = (text: string) => swap(text, /<ds:Reference .*<\/ds:Reference>/s, second)
    return { evil: response({ ...p, signature: { signedInfo } }), control: response(p) }
  },
}
