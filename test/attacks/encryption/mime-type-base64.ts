import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the plaintext is base64 that a MimeType and Encoding ask to have decoded, past whatever looks at the plaintext',
  code: 'xml_malformed',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const plain = assertion(p)
    const evil = encryptAssertion(Buffer.from(plain).toString('base64'), ours.publicKey)
    return {
      evil: response(p, swap(evil, ' Type=', `${encoding} Type=`)),
      control: response(p, encryptAssertion(plain, ours.publicKey)),
    }
  },
}

const encoding = ' Encoding="http://www.w3.org/2000/09/xmldsig#base64" MimeType="text/xml"'
