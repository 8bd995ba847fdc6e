import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'RetrievalMethod finds the key by an XPath of the sender’s, which costs what the sender likes',
  code: 'encryption_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey, { ...usual, place: 'sibling' }))
    const away = swap(good, /<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/s, '')
    return { evil: swap(away, ' URI="#_ek">', ` URI="">${xpath}`), control: good }
  },
}

const xpath =
  '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">' +
  '<ds:XPath>count(//*[count(//*[count(//*) > 0]) > 0]) > 0</ds:XPath></ds:Transform></ds:Transforms>'
