// What stands around the assertion: optional parts, extensions, and what a failure would say in more words.

import { assertionXml } from '../support/idp.ts'
import type { Legitimate } from '../support/legitimate.ts'
import { change, changes, insert, set } from '../support/rewrite.ts'

const status = 'urn:oasis:names:tc:SAML:2.0:status:'
const success = `<samlp:StatusCode Value="${status}Success"></samlp:StatusCode>`
const extensions = (content: string) => insert(`<samlp:Extensions>${content}</samlp:Extensions>`, '<samlp:Status>')
const entity = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity'

const foreign =
  '<x:Trace xmlns:x="urn:example:trace" Level="1"><x:Hop x:At="proxy">1</x:Hop><y xmlns="urn:example:y"></y></x:Trace>'

export const cases: readonly Legitimate[] = [
  {
    sentence: 'Destination is absent where only the Assertion is signed, as PingFederate does',
    response: ({ response }) => response({ destination: null }),
  },
  {
    sentence: 'the Issuer of the Response is absent where the Assertion is signed',
    response: ({ response }) => response({ responseIssuer: null }),
  },
  {
    sentence: 'both Issuers state the Format entity',
    response: ({ response }) =>
      response({
        sign: 'both',
        editAssertion: change('<saml:Issuer>', `<saml:Issuer Format="${entity}">`),
        editResponse: change(/(?<=<saml:Issuer xmlns:saml="[^"]*")>/, ` Format="${entity}">`),
      }),
  },
  {
    sentence: 'nobody asked: an unsolicited response, where those are allowed',
    response: ({ response }) => response({ sign: 'both', inResponseTo: null }),
    expected: { inResponseTo: null },
  },
  {
    sentence: 'Consent is stated',
    response: ({ response }) =>
      response({
        sign: 'response',
        editResponse: set('samlp:Response', { Consent: 'urn:oasis:names:tc:SAML:2.0:consent:obtained' }),
      }),
  },
  {
    sentence: 'Extensions of foreign namespaces stand in a signed Response',
    response: ({ response }) => response({ sign: 'both', editResponse: extensions(foreign) }),
  },
  {
    sentence: 'Extensions of foreign namespaces stand in an unsigned Response',
    response: ({ response }) => response({ editResponse: extensions(foreign) }),
  },
  {
    sentence: 'a second-level code stands under Success',
    response: ({ response }) =>
      response({
        sign: 'response',
        editResponse: change(
          '></samlp:StatusCode>',
          `><samlp:StatusCode Value="${status}PartialLogout"></samlp:StatusCode></samlp:StatusCode>`,
        ),
      }),
  },
  {
    sentence: 'a StatusMessage stands beside Success',
    response: ({ response }) =>
      response({
        sign: 'response',
        editResponse: insert(
          '<samlp:StatusMessage>Authentication ended well & truly</samlp:StatusMessage>'.replace('&', '&amp;'),
          '</samlp:Status>',
        ),
      }),
  },
  {
    sentence: 'a StatusDetail with foreign content stands beside Success',
    response: ({ response }) =>
      response({
        sign: 'response',
        editResponse: insert(`<samlp:StatusDetail>${foreign}</samlp:StatusDetail>`, '</samlp:Status>'),
      }),
  },
  {
    sentence: 'the status is the last of what a proxy reports: code, second code, third code, message and detail',
    response: ({ response }) =>
      response({
        sign: 'both',
        editResponse: changes(
          change(success, nested),
          insert(
            '<samlp:StatusMessage></samlp:StatusMessage><samlp:StatusDetail></samlp:StatusDetail>',
            '</samlp:Status>',
          ),
        ),
      }),
  },
  {
    sentence: 'Advice holds a foreign signed Assertion',
    response: ({ response, stranger, parts }) => {
      const other = assertionXml(stranger, parts({ nameId: 'bob', attributes: { email: ['bob@other.example'] } }))
      const canonical = other.replace(' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"', '')
      return response({ editAssertion: insert(`<saml:Advice>${canonical}</saml:Advice>`, '<saml:AuthnStatement') })
    },
  },
  {
    sentence: 'Advice refers to assertions and holds foreign content',
    response: ({ response }) =>
      response({
        sign: 'both',
        editAssertion: insert(
          '<saml:Advice><saml:AssertionIDRef>_earlier</saml:AssertionIDRef><saml:AssertionURIRef>https://idp.example/a/1' +
            `</saml:AssertionURIRef>${foreign}</saml:Advice>`,
          '<saml:AuthnStatement',
        ),
      }),
  },
  {
    sentence: 'Advice is empty',
    response: ({ response }) =>
      response({ editAssertion: insert('<saml:Advice></saml:Advice>', '<saml:AuthnStatement') }),
  },
]

const nested =
  `<samlp:StatusCode Value="${status}Success"><samlp:StatusCode Value="urn:x:one">` +
  '<samlp:StatusCode Value="urn:x:two"></samlp:StatusCode></samlp:StatusCode></samlp:StatusCode>'
