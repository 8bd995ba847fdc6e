// How the person signed in, as providers say it.

import type { Legitimate } from '../support/legitimate.ts'
import { type Change, change, insert, set } from '../support/rewrite.ts'

const classRef = /<saml:AuthnContextClassRef>.*?<\/saml:AuthnContextClassRef>/
const mfa = 'https://refeds.org/profile/mfa'

const edited = (sentence: string, edit: Change): Legitimate => ({
  sentence,
  response: ({ response }) => response({ sign: 'both', editAssertion: edit }),
})

const statement = (context: string) =>
  `<saml:AuthnStatement AuthnInstant="2026-01-01T00:00:00Z"><saml:AuthnContext><saml:AuthnContextClassRef>${context}` +
  '</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>'

export const cases: readonly Legitimate[] = [
  edited(
    'the place of sign-in is stated (SubjectLocality)',
    insert(
      '<saml:SubjectLocality Address="192.0.2.17" DNSName="pc.acme.example"></saml:SubjectLocality>',
      '<saml:AuthnContext>',
    ),
  ),
  edited(
    'the context is declared in full (AuthnContextDecl)',
    insert(
      '<saml:AuthnContextDecl><x:Method xmlns:x="urn:x" x:Strength="2">card</x:Method></saml:AuthnContextDecl>',
      '</saml:AuthnContext>',
    ),
  ),
  edited(
    'the context is declared in full and has no class',
    change(classRef, '<saml:AuthnContextDecl><x xmlns="urn:x"></x></saml:AuthnContextDecl>'),
  ),
  edited(
    'the context is declared by reference (AuthnContextDeclRef)',
    change(classRef, '<saml:AuthnContextDeclRef>https://idp.example/contexts/card</saml:AuthnContextDeclRef>'),
  ),
  edited(
    'other authorities took part (AuthenticatingAuthority)',
    insert(
      ['https://home.example/idp', 'https://hub.example/idp']
        .map(name => `<saml:AuthenticatingAuthority>${name}</saml:AuthenticatingAuthority>`)
        .join(''),
      '</saml:AuthnContext>',
    ),
  ),
  edited('there is no SessionIndex', set('saml:AuthnStatement', { SessionIndex: null })),
  edited(
    'the context’s class is on a line of its own',
    change(classRef, '<saml:AuthnContextClassRef>\n  urn:x:card\n</saml:AuthnContextClassRef>'),
  ),
  {
    sentence: 'the context is the one that was asked for',
    response: ({ response }) => response({ authnContext: mfa }),
    expected: { requestedAuthnContext: ['urn:x:card', mfa] },
  },
  {
    sentence: 'the second of two AuthnStatements has the context that was asked for',
    response: ({ response }) =>
      response({ sign: 'both', editAssertion: insert(statement(mfa), '<saml:AttributeStatement>') }),
    expected: { requestedAuthnContext: [mfa] },
  },
  {
    sentence: 'an AuthzDecisionStatement stands beside the others',
    response: ({ response }) =>
      response({
        sign: 'both',
        editAssertion: insert(
          '<saml:AuthzDecisionStatement Decision="Permit" Resource="https://app.example"><saml:Action Namespace="urn:x">read</saml:Action></saml:AuthzDecisionStatement>',
          '</saml:Assertion>',
        ),
      }),
  },
]
