import type { Attack } from '../../support/attack.ts'
import { errorResponse } from '../../support/other-messages.ts'
import { before, forgery, swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a truly signed failure is turned into a success with a forged assertion, for whoever verifies the value but no digest',
  code: 'signature_digest',
  forge: stage => {
    const spliced = before(errorResponse(stage), '</samlp:Response>', forgery(stage))
    return { evil: swap(spliced, 'status:Responder', 'status:Success'), control: stage.response({ sign: 'response' }) }
  },
}
