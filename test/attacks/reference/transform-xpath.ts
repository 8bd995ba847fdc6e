import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'an XPath transform leaves the names out of what is digested, so that they can be written anew',
  code: 'signature_algorithm',
  forge: ({ parts, assertion, response }) => {
    const p = parts()
    const digested = swap(assertion({ ...p, sign: 'none' }), /<saml:NameID .*<\/saml:NameID>/s, '')
    const transforms = `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>${xpath}`
    const evil = response({ ...p, signature: { digested, transforms } })
    return { evil: swap(evil, '>alice<', '>admin<'), control: response(p) }
  },
}

const xpath =
  '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">' +
  "<ds:XPath>not(ancestor-or-self::*[local-name()='NameID'])</ds:XPath></ds:Transform>"
