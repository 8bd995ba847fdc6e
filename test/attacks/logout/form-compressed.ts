import { deflateRawSync } from 'node:zlib'
import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the form holds a compressed message',
  code: 'response_encoding',
  forge: stage => ({
    evil: { binding: 'post', fields: { SAMLRequest: deflateRawSync(Buffer.from('<a/>')).toString('base64') } },
    control: stage.form(),
  }),
}
