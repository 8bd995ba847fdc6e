import { encryptAssertion } from '../../support/encryption.ts'
import { nameId } from '../../support/logout.ts'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'what the EncryptedID holds is an assertion',
  code: 'subject_missing',
  forge: stage => {
    const open = (name: string, to = stage.ours) =>
      encryptAssertion(name, to.publicKey).replaceAll('saml:EncryptedAssertion', 'saml:EncryptedID')
    return {
      evil: stage.form({ name: open(stage.assertion()) }),
      control: stage.form({ name: open(nameId('alice')) }),
    }
  },
}
