import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the name of the signature algorithm has blanks around it: lists of forbidden names would miss it',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, ids.signature['rsa-sha256'], name => ` ${name} `) } }),
    control: response(),
  }),
}
