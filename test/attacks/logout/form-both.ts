import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the form holds a request and a response',
  code: 'response_encoding',
  forge: stage => ({
    evil: { binding: 'post', fields: { SAMLRequest: 'AAAA', SAMLResponse: 'AAAA' } },
    control: stage.form(),
  }),
}
