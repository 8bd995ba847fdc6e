// How a person is named and confirmed.

import { instant } from '../support/idp.ts'
import type { Legitimate } from '../support/legitimate.ts'
import { type Change, change, changes, drop, insert, set } from '../support/rewrite.ts'

const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:'
const method = 'urn:oasis:names:tc:SAML:2.0:cm:'
const acs = 'https://sso.example/saml/c1/acs'

const edited =
  (edit: Change): Legitimate['response'] =>
  ({ response }) =>
    response({ sign: 'both', editAssertion: edit })

const confirmation = (how: string, data: string) =>
  `<saml:SubjectConfirmation Method="${method}${how}"><saml:SubjectConfirmationData${data}></saml:SubjectConfirmationData></saml:SubjectConfirmation>`

/** Other confirmations around the good one. */
const beside =
  (before: (now: number) => string, after: (now: number) => string = () => ''): Legitimate['response'] =>
  ({ response, now }) =>
    response({
      sign: 'both',
      editAssertion: changes(
        insert(before(now), '<saml:SubjectConfirmation Method'),
        insert(after(now), '</saml:Subject>'),
      ),
    })

const ended = (now: number) =>
  confirmation('bearer', ` InResponseTo="_request" NotOnOrAfter="${instant(now - 3_600_000)}" Recipient="${acs}"`)
const elsewhere = (now: number) =>
  confirmation(
    'bearer',
    ` InResponseTo="_request" NotOnOrAfter="${instant(now + 300_000)}" Recipient="https://other.example/acs"`,
  )

/** A subject of another name, and whom it means. */
const named = (sentence: string, nameId: string): Legitimate => ({
  sentence,
  response: ({ response }) => response({ sign: 'both', nameId }),
  means: { nameID: nameId },
})

export const cases: readonly Legitimate[] = [
  named('the NameID is 256 characters long', 'x'.repeat(256)),
  named('the NameID is 256 characters beyond the basic plane', '\u{1F600}'.repeat(256)),
  named('the NameID is an address', 'alice.o’hara+sso@acme.example'),
  named('the NameID is a Windows name', 'ACME\\alice'),
  named('the NameID is a distinguished name', 'CN=Alice, OU="People & Things", DC=acme <staff>'),
  named('the NameID holds markup, escaped', '<b>"alice"</b> & \'co\' ]]>'),
  named('the NameID is in Arabic and Hebrew', 'أليس אליס'),
  named('the NameID is in Chinese', '爱丽丝'),
  named('the NameID is composed (NFC)', 'Zo\u00eb'),
  named('the NameID is decomposed (NFD)', 'Zoe\u0308'),
  named('the NameID has blanks inside', 'alice  of   acme'),
  named('the NameID is a digit', '0'),
  {
    sentence: 'the NameID is written with character references and entities',
    response: ({ response }) =>
      change('>A&lt;l&gt;&amp;\'"ice<', '>&#x41;&lt;l&#62;&#38;&apos;&quot;ice<')(response({ nameId: 'A<l>&\'"ice' })),
    means: { nameID: 'A<l>&\'"ice' },
  },
  {
    sentence: 'the NameID is written as CDATA',
    response: ({ response }) => change('>R&amp;D &lt;1&gt;<', '><![CDATA[R&D <1>]]><')(response({ nameId: 'R&D <1>' })),
    means: { nameID: 'R&D <1>' },
  },
  {
    sentence: 'the NameID is written half as text and half as CDATA: both belong to it',
    response: ({ response }) => change('>admin.evil<', '>admin<![CDATA[.e]]>vil<')(response({ nameId: 'admin.evil' })),
    means: { nameID: 'admin.evil' },
  },
  {
    sentence: 'the NameID has every qualifier',
    response: edited(
      set('saml:NameID', {
        NameQualifier: 'https://idp.example/metadata',
        SPNameQualifier: 'urn:sp',
        SPProvidedID: '17',
      }),
    ),
  },
  { sentence: 'the NameID has no Format', response: edited(set('saml:NameID', { Format: null })) },
  {
    sentence: 'the NameID has the Format emailAddress',
    response: edited(set('saml:NameID', { Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' })),
  },
  {
    sentence: 'the NameID has the Format unspecified',
    response: edited(set('saml:NameID', { Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' })),
  },
  {
    sentence: 'the NameID is transient where an attribute names the person',
    response: edited(set('saml:NameID', { Format: `${format}transient` })),
    expected: { subject: 'email' },
  },
  {
    sentence: 'there is no NameID where an attribute names the person',
    response: edited(drop('saml:NameID')),
    expected: { subject: 'email' },
    means: { nameID: null },
  },
  { sentence: 'an earlier confirmation is over', response: beside(ended) },
  { sentence: 'a later confirmation is over', response: beside(() => '', ended) },
  { sentence: 'an earlier confirmation is for another service', response: beside(elsewhere) },
  {
    sentence: 'the good one is the third of four confirmations',
    response: beside(now => ended(now) + elsewhere(now), ended),
  },
  {
    sentence: 'confirmations by other methods stand beside the bearer’s',
    response: beside(
      () =>
        '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"></saml:SubjectConfirmation>',
      () => confirmation('holder-of-key', ''),
    ),
  },
  {
    sentence: 'the confirmation states an Address',
    response: edited(set('saml:SubjectConfirmationData', { Address: '192.0.2.17' })),
  },
  {
    sentence: 'the confirmation data have foreign attributes and content',
    response: edited(
      changes(
        change('<saml:SubjectConfirmationData ', '<saml:SubjectConfirmationData xmlns:x="urn:x" '),
        change(
          '></saml:SubjectConfirmationData>',
          ' x:Device="phone"><x:Seen></x:Seen></saml:SubjectConfirmationData>',
        ),
      ),
    ),
  },
  {
    sentence: 'the confirmation names who may present the assertion',
    response: edited(insert('<saml:NameID>https://portal.example</saml:NameID>', '<saml:SubjectConfirmationData')),
  },
]
