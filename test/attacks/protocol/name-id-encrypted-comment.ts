import type { KeyObject } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'
import { change } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'a comment inside an EncryptedID cuts another name down to ours, past a check of the message alone',
  code: 'xml_forbidden',
  forge: ({ ours, response }) => ({
    evil: response({ editAssertion: change(nameId, encryptedId(cut, ours.publicKey)) }),
    control: response({ editAssertion: change(nameId, encryptedId(alice, ours.publicKey)) }),
  }),
}

const nameId = /<saml:NameID .*?<\/saml:NameID>/
const namespace = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
const alice = `<saml:NameID ${namespace}>alice</saml:NameID>`
const cut = `<saml:NameID ${namespace}>alice<!---->.evil</saml:NameID>`
const encryptedId = (name: string, recipient: KeyObject) =>
  encryptAssertion(name, recipient)
    .replaceAll('saml:EncryptedAssertion', 'saml:EncryptedID')
    .replace(` ${namespace}`, '')
