import type { Attack } from '../../support/attack.ts'
import { instant } from '../../support/idp.ts'
import { changes, insert, set } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed:
    'one confirmation has the right Recipient and is over, another is in time and for another service: neither is good alone',
  code: 'subject_confirmation',
  forge: ({ now, response }) => ({
    evil: response({
      editAssertion: changes(
        set('saml:SubjectConfirmationData', { NotOnOrAfter: instant(now - 3_600_000) }),
        insert(other(now), '</saml:Subject>'),
      ),
    }),
    control: response({ editAssertion: insert(other(now), '</saml:Subject>') }),
  }),
}

const other = (now: number) =>
  '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="_request"' +
  ` NotOnOrAfter="${instant(now + 300_000)}" Recipient="https://other.example/acs"></saml:SubjectConfirmationData></saml:SubjectConfirmation>`
