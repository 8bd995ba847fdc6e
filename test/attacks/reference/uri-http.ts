import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Reference points at another server, which would be asked for the signed content',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({ signature: { uri: 'http://sink.example/content' } }),
    control: response(),
  }),
}
