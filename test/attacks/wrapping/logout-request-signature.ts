import type { Attack } from '../../support/attack.ts'
import { logoutRequest } from '../../support/other-messages.ts'
import { after, cut, forgery } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a forged assertion takes the ID and the Signature of a truly signed LogoutRequest, for whoever digests no content',
  code: 'signature_digest',
  forge: stage => {
    const request = logoutRequest(stage)
    const assertionId = / ID="([^"]*)"/.exec(request)?.[1] ?? ''
    const forged = after(forgery(stage, { assertionId }), '</saml:Issuer>', cut(request, 'ds:Signature'))
    return { evil: stage.response({}, forged), control: stage.response() }
  },
}
