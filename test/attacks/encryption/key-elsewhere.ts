import type { Attack } from '../../support/attack.ts'
import { encryptAssertion, usual } from '../../support/encryption.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the encrypted key stands in Extensions and is referenced from the data: references are not followed',
  code: 'encryption_layout',
  forge: ({ ours, parts, assertion, response }) => {
    const p = parts()
    const good = response(p, encryptAssertion(assertion(p), ours.publicKey, { ...usual, place: 'sibling' }))
    const key = /<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/s.exec(good)?.[0] ?? ''
    const extensions = `<samlp:Extensions>${key}</samlp:Extensions>`
    return { evil: swap(swap(good, key, ''), '<samlp:Status>', `${extensions}<samlp:Status>`), control: good }
  },
}
