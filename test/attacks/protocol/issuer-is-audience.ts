import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the assertion names us as its issuer, for whoever accepts each of the two names in each place',
  code: 'issuer_mismatch',
  forge: ({ sp, response }) => ({ evil: response({ issuer: sp.entityId }), control: response() }),
}
