import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'an XPath filter subtracts the NameID from what is digested, and the name is written anew',
  code: 'signature_algorithm',
  forge: ({ parts, assertion, response }) => {
    const p = parts()
    const digested = swap(assertion({ ...p, sign: 'none' }), /<saml:NameID .*<\/saml:NameID>/s, '')
    const transforms = `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>${filter}`
    const evil = response({ ...p, signature: { digested, transforms } })
    return { evil: swap(evil, '>alice<', '>admin<'), control: response(p) }
  },
}

const filter =
  '<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2">' +
  '<filter:XPath xmlns:filter="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">' +
  "//*[local-name()='NameID']</filter:XPath></ds:Transform>"
