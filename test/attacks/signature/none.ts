import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'nothing is signed: a service that checks signatures only where there are some lets it in',
  code: 'signature_missing',
  forge: ({ response }) => ({ evil: response({ sign: 'none' }), control: response() }),
}
