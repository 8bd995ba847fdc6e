import type { Attack } from '../../support/attack.ts'
import { before, forgery, seal } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'the assertion quotes in its Advice one of the same ID, for whoever resolves the Reference to the last match',
  code: ['schema_invalid', 'duplicate_id'],
  forge: stage => {
    const bare = stage.assertion({ sign: 'none', assertionId: '_outer' })
    const quoting = (assertionId: string) => {
      const quoted = forgery(stage, { assertionId }).replace(/ xmlns:saml="[^"]*"/, '')
      const advised = before(bare, '<saml:AuthnStatement', `<saml:Advice>${quoted}</saml:Advice>`)
      return stage.response({}, seal(stage.idp, advised))
    }
    return { evil: quoting('_outer'), control: quoting('_quoted') }
  },
}
