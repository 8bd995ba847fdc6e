import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Reference points at a file of the server, whose digest would then be compared',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ signature: { uri: 'file:///etc/passwd' } }),
    control: response(),
  }),
}
