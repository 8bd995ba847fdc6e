import type { Attack } from '../../support/attack.ts'
import { insert } from '../../support/rewrite.ts'

export const attack: Attack = {
  misdeed: 'the attribute that names the person stands there twice, for whoever reads the first or the last',
  code: 'subject_missing',
  expected: { subject: 'employee' },
  forge: ({ response }) => ({
    evil: response({ attributes: { employee: ['4711'] }, editAssertion: insert(again, '</saml:AttributeStatement>') }),
    control: response({ attributes: { employee: ['4711'] } }),
  }),
}

const again = '<saml:Attribute Name="employee"><saml:AttributeValue>1</saml:AttributeValue></saml:Attribute>'
