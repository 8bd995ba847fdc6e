// One canonical form, many texts: what is sent here differs from what was digested in everything that canonicalisation evens out.

import type { Scene } from '../support/attack.ts'
import type { Legitimate } from '../support/legitimate.ts'
import type { Change } from '../support/rewrite.ts'

/** A message signed on both levels, then written otherwise; every way of writing must change it. */
const sentAs =
  (...all: Change[]) =>
  ({ response }: Scene) =>
    all.reduce(
      (text, write) => {
        const written = write(text)
        if (written === text) throw new Error('It is written as before.')
        return written
      },
      response({ sign: 'both' }),
    )

const prefixed =
  (text: string): Change =>
  xml =>
    text + xml

/** New lines and indentation before every tag that begins or ends a level. */
const pretty: Change = xml => xml.replaceAll(/>(?=<[^/])|(?<=<\/[^<>]+>)(?=<\/)/g, found => `${found}\n    `)

const indented = ({ response }: Scene, sign: 'assertion' | 'response' | 'both') =>
  response({
    sign,
    editAssertion: pretty,
    editResponse: xml =>
      xml.replace('<samlp:Status>', '\n  <samlp:Status>\n    ').replace('</samlp:Status>', '\n  $&\n  '),
    signature: { signedInfo: text => `${pretty(`>${text}<`).slice(1, -1)}\n`, after: betweenParts },
  })

const betweenParts: Change = text =>
  text
    .replace('><ds:SignedInfo', '>\n  <ds:SignedInfo')
    .replaceAll(/(?<=<\/ds:(SignedInfo|SignatureValue|KeyInfo)>)/g, '\n  ')

const singleQuoted: Change = xml => xml.replaceAll(/="([^"']*)"/g, "='$1'")
const selfClosing: Change = xml => xml.replaceAll(/<([\w:]+)( [^<>]*)?><\/\1>/g, '<$1$2/>')
const selfClosingWithBlank: Change = xml => xml.replaceAll(/<([\w:]+)( [^<>]*)?><\/\1>/g, '<$1$2 />')
const roomyTags: Change = xml => xml.replaceAll(/" (?=[\w:]+=")/g, '"\n\t').replaceAll(/(?<=[\w"])>/g, ' >')
const backwards: Change = xml =>
  xml.replaceAll(/<([\w:]+)((?: [\w:]+="[^"]*"){2,})>/g, (_, name: string, attributes: string) => {
    return `<${name}${(attributes.match(/ [\w:]+="[^"]*"/g) ?? []).reverse().join('')}>`
  })
const roomyEquals: Change = xml => xml.replaceAll(/(?<= [\w:]+)="/g, ' = "')
const quotedByReference: Change = xml => xml.replaceAll('https://', 'https:&#x2F;&#47;')

const forms: Record<string, Change[]> = {
  'a byte order mark': [prefixed('\ufeff')],
  'an XML declaration without an encoding': [prefixed('<?xml version="1.0"?>')],
  'an XML declaration with an encoding': [prefixed('<?xml version="1.0" encoding="UTF-8"?>\n')],
  'an XML declaration with a lower-case encoding': [prefixed('<?xml version="1.0" encoding="utf-8"?>')],
  'an XML declaration in single quotes': [prefixed("<?xml version='1.0' encoding='UTF-8'?>\r\n")],
  'an XML declaration that says standalone': [prefixed('<?xml version="1.0" encoding="UTF-8" standalone="no"?>')],
  'an XML declaration that says standalone in the affirmative': [prefixed('<?xml version="1.0" standalone="yes" ?>')],
  'a byte order mark and an XML declaration': [prefixed('\ufeff<?xml version="1.0" encoding="utf-8"?>')],
  'a line’s end after the message': [xml => `${xml}\r\n`],
  'single quotes': [singleQuoted],
  'self-closing tags': [selfClosing],
  'self-closing tags with a blank': [selfClosingWithBlank],
  'attributes in the opposite order, the namespaces last': [backwards],
  'a new line before every attribute and a blank before >': [roomyTags],
  'blanks around the equals signs': [roomyEquals],
  'character references in attributes and text': [quotedByReference],
  'everything at once': [
    quotedByReference,
    selfClosing,
    backwards,
    roomyTags,
    singleQuoted,
    prefixed('\ufeff<?xml version="1.0"?>\r\n'),
  ],
}

export const cases: readonly Legitimate[] = [
  ...Object.entries(forms).map(
    ([name, all]): Legitimate => ({ sentence: `the text has ${name}`, response: sentAs(...all) }),
  ),
  ...(['assertion', 'response', 'both'] as const).flatMap((sign): Legitimate[] => [
    { sentence: `the message is indented; signed: ${sign}`, response: scene => indented(scene, sign) },
    {
      sentence: `the message is indented and its lines end with CRLF; signed: ${sign}`,
      response: scene => indented(scene, sign).replaceAll('\n', '\r\n'),
    },
    {
      sentence: `the message is indented and its lines end with a lone CR; signed: ${sign}`,
      response: scene => indented(scene, sign).replaceAll('\n', '\r'),
    },
  ]),
  {
    sentence: 'the attributes of the Response are in the order in which Entra writes them',
    response: sentAs(xml =>
      xml.replace(
        /<samlp:Response (xmlns:samlp="[^"]*") (Destination="[^"]*") (ID="[^"]*") (InResponseTo="[^"]*") (IssueInstant="[^"]*") (Version="2.0")>/,
        '<samlp:Response $3 $6 $5 $2 $4 $1>',
      ),
    ),
  },
  {
    sentence: 'there is white space inside Issuer and Audience',
    response: ({ response, idp, sp }) =>
      response({
        sign: 'both',
        audience: `\n      ${sp.entityId}\n    `,
        issuer: `\n    ${idp.issuer}\n  `,
        responseIssuer: ` ${idp.issuer}\t`,
      }),
  },
]
