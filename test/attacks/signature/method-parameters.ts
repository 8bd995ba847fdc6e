import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a PSS SignatureMethod carries parameters that ask for SHA-1 and no salt, which one verifier heeds and another does not',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const signature = { algorithm: 'pss-sha256' as const }
    const signedInfo = (text: string) => swap(text, '</ds:SignatureMethod>', `${parameters}</ds:SignatureMethod>`)
    return { evil: response({ signature: { ...signature, signedInfo } }), control: response({ signature }) }
  },
}

const parameters =
  '<pss:RSAPSSParams xmlns:pss="http://www.w3.org/2007/05/xmldsig-more#">' +
  '<ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"></ds:DigestMethod>' +
  '<pss:SaltLength>0</pss:SaltLength></pss:RSAPSSParams>'
