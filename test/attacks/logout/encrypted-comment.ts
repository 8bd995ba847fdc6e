import { encryptAssertion } from '../../support/encryption.ts'
import { nameId } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'a comment cuts the encrypted name',
  code: 'xml_forbidden',
  forge: stage => {
    const open = (name: string, to = stage.ours) =>
      encryptAssertion(name, to.publicKey).replaceAll('saml:EncryptedAssertion', 'saml:EncryptedID')
    return {
      evil: stage.redirect({ name: open(nameId('alice').replace('>alice<', '>alice<!-- -->.evil<')) }),
      control: stage.redirect({ name: open(nameId('alice')) }),
    }
  },
}
