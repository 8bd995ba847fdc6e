import type { Attack } from '../../support/attack.ts'
import { insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'a Condition of a type that we do not know limits the assertion, for whoever passes over it',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ editAssertion: insert(condition, '</saml:Conditions>') }),
    control: response(),
  }),
}

const condition =
  '<saml:Condition xmlns:del="urn:oasis:names:tc:SAML:2.0:conditions:delegation" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
  ' xsi:type="del:DelegationRestrictionType"></saml:Condition>'
