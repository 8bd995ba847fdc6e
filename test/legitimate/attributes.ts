// Attributes as providers send them: typed and untyped, repeated, empty, nested, many, in every script.

import { chars } from '../support/idp.ts'
import { alice, type Legitimate } from '../support/legitimate.ts'
import { type Change, change, insert } from '../support/rewrite.ts'

const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

const attribute = (name: string, ...values: string[]) =>
  `<saml:Attribute Name="${name}">${values.join('')}</saml:Attribute>`
const value = (content: string, attributes = '') =>
  `<saml:AttributeValue${attributes && ` ${attributes}`}>${content}</saml:AttributeValue>`
const typed = (type: string, content: string) => value(content, `${xsi} xsi:type="${type}"`)

/** More attributes after the usual ones, and what they mean. */
const more = (sentence: string, xml: string, meant: Record<string, string[]>): Legitimate => ({
  sentence,
  response: ({ response }) => response({ sign: 'both', editAssertion: insert(xml, '</saml:AttributeStatement>') }),
  means: { attributes: { ...alice.attributes, ...meant } },
})

/** The same with typed values: each declares xs, which exclusive canonical form leaves out, as only a value uses it. */
const moreTyped = (type: string, ...all: string[]): Legitimate => ({
  sentence: `values have the type ${type}`,
  response: ({ response }) =>
    response({
      sign: 'both',
      editAssertion: insert(attribute('t', ...all.map(one => typed(type, one))), '</saml:AttributeStatement>'),
    }).replaceAll(xsi, `${xs} ${xsi}`),
  means: { attributes: { ...alice.attributes, t: all } },
})

/** Values of one attribute. */
const values = (sentence: string, ...all: string[]): Legitimate => ({
  sentence,
  response: ({ response }) => response({ sign: 'both', attributes: { value: all } }),
  means: { attributes: { value: all } },
})

/** One value, written otherwise than it was digested. */
const writtenAs = (sentence: string, meant: string, text: string): Legitimate => ({
  sentence,
  response: ({ response }) => change(`>${chars(meant)}<`, `>${text}<`)(response({ attributes: { value: [meant] } })),
  means: { attributes: { value: [meant] } },
})

const edited = (sentence: string, edit: Change): Legitimate => ({
  sentence,
  response: ({ response }) => response({ sign: 'both', editAssertion: edit }),
})

const thousand = Array.from({ length: 1000 }, (_, at) => `group-${at}`)

export const cases: readonly Legitimate[] = [
  moreTyped('xs:string', 'a', 'b'),
  moreTyped('xs:boolean', 'true', '0'),
  moreTyped('xs:integer', '42', '-1'),
  moreTyped('xs:anyType', 'any'),
  moreTyped('xs:dateTime', '2026-01-31T12:00:00Z'),
  {
    sentence: 'values have the type xs:string, and xs is declared on the Response only',
    response: ({ response }) =>
      change(
        '<samlp:Response ',
        `<samlp:Response ${xs} `,
      )(
        response({
          sign: 'both',
          editAssertion: insert(attribute('t', typed('xs:string', 'a')), '</saml:AttributeStatement>'),
        }),
      ),
    means: { attributes: { ...alice.attributes, t: ['a'] } },
  },
  {
    sentence: 'values have the type xs:string, xs is declared on the Response only, and the Response alone is signed',
    response: ({ response }) =>
      change(
        '<samlp:Response ',
        `<samlp:Response ${xs} `,
      )(
        response({
          sign: 'response',
          editAssertion: insert(attribute('t', typed('xs:string', 'a')), '</saml:AttributeStatement>'),
        }),
      ),
    means: { attributes: { ...alice.attributes, t: ['a'] } },
  },
  more('a second element has the name of the first, as Keycloak sends roles', attribute('groups', value('c')), {
    groups: ['staff', 'admins', 'c'],
  }),
  {
    sentence: 'there are three AttributeStatements',
    response: ({ response }) =>
      response({
        sign: 'both',
        editAssertion: insert(
          ['one', 'two']
            .map(name => `<saml:AttributeStatement>${attribute(name, value(name))}</saml:AttributeStatement>`)
            .join(''),
          '</saml:Assertion>',
        ),
      }),
    means: { attributes: { ...alice.attributes, one: ['one'], two: ['two'] } },
  },
  {
    sentence: 'there is no AttributeStatement',
    response: ({ response }) => response({ sign: 'both', attributes: {} }),
    means: { attributes: {} },
  },
  {
    sentence: 'the AttributeStatement stands before the AuthnStatement, as Entra writes it',
    response: ({ response }) => response({ sign: 'both', editAssertion: swapStatements }),
  },
  more('a value is empty', attribute('t', value('')), { t: [''] }),
  more('a value is nil', attribute('t', value('', `${xsi} xsi:nil="true"`)), { t: [] }),
  more('one value of two is nil', attribute('t', value('', `${xsi} xsi:nil="1"`), value('a')), { t: ['a'] }),
  more('a value says that it is not nil', attribute('t', value('a', `${xsi} xsi:nil="false"`)), { t: ['a'] }),
  more('an attribute has no values, as Google sends', attribute('t'), { t: [] }),
  more(
    'a value is a NameID, as Shibboleth sends eduPersonTargetedID',
    attribute('t', value('<saml:NameID NameQualifier="urn:idp" SPNameQualifier="urn:sp">p1</saml:NameID>')),
    { t: ['p1'] },
  ),
  more(
    'a value has elements of its own, and the next one is a plain text',
    attribute('t', value('<x:Street xmlns:x="urn:x">Main St <x:No>1</x:No></x:Street>'), value('plain')),
    { t: ['', 'plain'] },
  ),
  more(
    'attributes have a NameFormat, a FriendlyName and foreign attributes, as AD FS writes OriginalIssuer',
    '<saml:Attribute xmlns:a="urn:a" FriendlyName="mail" Name="urn:oid:0.9.2342.19200300.100.1.3"' +
      ` NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" a:OriginalIssuer="urn:x">${value('a@acme.example')}</saml:Attribute>`,
    { 'urn:oid:0.9.2342.19200300.100.1.3': ['a@acme.example'] },
  ),
  more('the name of an attribute is empty', attribute('', value('a')), { '': ['a'] }),
  more('an attribute is called __proto__', attribute('__proto__', value('a')), { ['__proto__']: ['a'] }),
  edited(
    'an attribute has a FriendlyName that another has as its Name',
    change('<saml:Attribute Name="email">', '<saml:Attribute FriendlyName="groups" Name="email">'),
  ),
  values('a person has 1,000 groups', ...thousand),
  values('one value is 30,000 characters long', 'x'.repeat(30_000)),
  values('values hold emoji and flags', '👩‍👩‍👧 🇨🇭 \u{1F600}'),
  values('values are written from right to left, with marks of direction', '\u200fשלום\u200e \u202Bمرحبا\u202C'),
  values('values hold combining marks', 'e\u0301\u0323 ก็ नि'),
  values('the same letter composed and decomposed stays two values', '\u00e9', 'e\u0301'),
  values('values hold markup, escaped', '<script>alert(1)</script>', 'a & b', ']]>', '&lt;', '"quoted"', "it's"),
  values('values hold tabs, line’s ends and blanks at both ends', ' a\tb\nc  ', '\n\n'),
  values('a value holds line’s ends of Windows, as a postal address of Active Directory', 'Main St 1\r\nSpringfield'),
  values('a value holds a line separator and a next-line character', 'a\u2028b\u0085c'),
  values('a value holds a non-breaking blank, a soft hyphen and a zero-width joiner', 'a\u00a0b\u00adc\u200dd'),
  values('a value holds a byte order mark', 'a\ufeffb'),
  values('a value holds private and the last characters', '\ue000\u{10FFFD}\ufffd'),
  writtenAs('a value is written with character references', 'A\u{1F600}é', '&#x41;&#x1F600;&#233;'),
  writtenAs('a value is written with entities for quotes', '"it\'s"', '&quot;it&apos;s&quot;'),
  writtenAs('a value is written with a bare >', 'a > b', 'a > b'),
  writtenAs('a value is written as CDATA', '<a> & b', '<![CDATA[<a> & b]]>'),
  writtenAs('a value is written as two CDATA sections', 'a]]>b', '<![CDATA[a]]]]><![CDATA[>b]]>'),
  writtenAs('a value is written as text around an empty CDATA section', 'ab', 'a<![CDATA[]]>b'),
]

function swapStatements(xml: string): string {
  const [statement = ''] = /<saml:AuthnStatement.*?<\/saml:AuthnStatement>/s.exec(xml) ?? []
  return insert(statement, '</saml:Assertion>')(change(statement, '')(xml))
}
