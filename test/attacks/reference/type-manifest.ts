import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the Reference says that the assertion is a Manifest: a verifier may then check what the manifest lists, which is nothing',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, ' URI=', `${type} URI=`) } }),
    control: response(),
  }),
}

const type = ' Type="http://www.w3.org/2000/09/xmldsig#Manifest"'
