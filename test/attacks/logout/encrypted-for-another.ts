import { encryptAssertion } from '../../support/encryption.ts'
import { nameId } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the name is encrypted for another service',
  code: 'decryption_failed',
  forge: stage => {
    const open = (name: string, to = stage.ours) =>
      encryptAssertion(name, to.publicKey).replaceAll('saml:EncryptedAssertion', 'saml:EncryptedID')
    return {
      evil: stage.form({ name: open(nameId('alice'), stage.stranger) }),
      control: stage.form({ name: open(nameId('alice')) }),
    }
  },
}
