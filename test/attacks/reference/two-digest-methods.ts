import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a Reference has two DigestMethods, the weak one for whoever reads the first',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ signature: { signedInfo: text => swap(text, '<ds:DigestMethod', `${weak}<ds:DigestMethod`) } }),
    control: response(),
  }),
}

const weak = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#md5"></ds:DigestMethod>'
