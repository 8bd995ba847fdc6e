import type { KeyObject } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { change } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the EncryptedID is for another service, for whoever takes its cipher text as the name',
  code: 'decryption_failed',
  forge: ({ ours, stranger, response }) => ({
    evil: response({ editAssertion: change(nameId, encryptedId(alice, stranger.publicKey)) }),
    control: response({ editAssertion: change(nameId, encryptedId(alice, ours.publicKey)) }),
  }),
}

const nameId = /<saml:NameID .*?<\/saml:NameID>/
const namespace = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
const alice = `<saml:NameID ${namespace}>alice</saml:NameID>`

const encryptedId = (name: string, recipient: KeyObject) =>
  encryptAssertion(name, recipient)
    .replaceAll('saml:EncryptedAssertion', 'saml:EncryptedID')
    .replace(` ${namespace}`, '')
