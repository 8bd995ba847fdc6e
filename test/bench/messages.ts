// The messages of the bench: one good response in three forms, the same with its proof broken, and the ways to be rude.

import { randomBytes } from 'node:crypto'
import type { ProblemCode } from '../../src/problem.ts'
import { type Parts, parts, responseXml, type ServiceProvider, type TestIdp, testIdp } from '../support/idp.ts'

/** Which elements of a response are signed. */
export type Signing = 'assertion' | 'response' | 'both'

/** Who talks to whom in the bench. `request` is the ID that every response answers. */
export interface Scene {
  idp: TestIdp
  stranger: TestIdp
  other: TestIdp
  sp: ServiceProvider
  request: string
}

/** A message that must be refused, base64 as a browser posts it, and the code with which that happens. */
export interface Forgery {
  name: string
  message: string
  code: ProblemCode
  /** How many certificates the connection trusts, none of which signed. */
  certificates?: 2
}

/** Makes an identity provider, two others that nobody asked, and a service provider. */
export function makeScene(): Scene {
  return {
    idp: testIdp(),
    stranger: testIdp(),
    other: testIdp(),
    sp: { entityId: 'https://sp.example/saml/acme/metadata', acsUrl: 'https://sp.example/saml/acme/acs' },
    request: `_${randomBytes(20).toString('hex')}`,
  }
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const microsoft = 'http://schemas.microsoft.com/identity/claims'
const guid = (n: number): string => `3f2504e0-4f89-41d3-9a0c-${n.toString(16).padStart(12, '0')}`
const groups = (count: number): string[] => Array.from({ length: count }, (_, n) => (count > 100 ? `g${n}` : guid(n)))

/** What Entra ID sends of somebody in so many groups: attributes and their values. */
export function person(groupCount: number): Record<string, string[]> {
  return {
    [`${microsoft}/tenantid`]: [guid(1)],
    [`${microsoft}/objectidentifier`]: [guid(2)],
    [`${microsoft}/displayname`]: ['Zoë O’Brien-Müller'],
    [`${microsoft}/identityprovider`]: [`https://sts.windows.net/${guid(1)}/`],
    'http://schemas.microsoft.com/claims/authnmethodsreferences': [
      'http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password',
      'http://schemas.microsoft.com/claims/multipleauthn',
    ],
    [`${claims}/givenname`]: ['Zoë'],
    [`${claims}/surname`]: ['O’Brien-Müller'],
    [`${claims}/emailaddress`]: ['zoe@acme.example'],
    [`${claims}/name`]: ['zoe@acme.example'],
    department: ['Research and Development'],
    jobtitle: ['Assayer'],
    'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups': groups(groupCount),
  }
}

function xml({ idp, sp, request }: Scene, change: Partial<Parts>): string {
  return responseXml(idp, { ...parts(idp, sp, request), attributes: person(13), ...change })
}

const post = (text: string): string => Buffer.from(text).toString('base64')

/** A good response of about 7 KB, and about 9 KB where both elements are signed; base64. */
export function goodMessage(scene: Scene, sign: Signing): string {
  return post(xml(scene, { sign }))
}

/** A good response whose first attribute value holds `content`, canonical XML, signed as it is; base64. */
export function signedWith(scene: Scene, sign: Signing, content: string): string {
  return post(xml(scene, { sign, attributes: { a: ['x'] }, ...dearly(content) }))
}

/** The same message with every digest changed (samlify is content where one of two holds), and with one word of it changed. */
export function brokenMessages(message: string): string[] {
  const text = Buffer.from(message, 'base64').toString()
  const flip = (digest: string) => (digest[0] === 'A' ? 'B' : 'A') + digest.slice(1)
  return [text.replace(/(?<=<ds:DigestValue>)[^<]+/g, flip), text.replace('zoe@acme.example', 'eve@acme.example')].map(
    post,
  )
}

/** Every forged message, each refused as late as its kind allows. */
export function forgeries(scene: Scene): Forgery[] {
  const forged = (change: Partial<Parts> = {}) =>
    xml({ ...scene, idp: { ...scene.stranger, issuer: scene.idp.issuer } }, change)
  const extended = (extensions: string) => withExtensions(forged(), extensions)
  return [
    { name: 'garbage in base64, 7 KB', message: randomBytes(7000).toString('base64'), code: 'response_encoding' },
    { name: '300 KB of text', message: post('x'.repeat(300_000)), code: 'xml_limits' },
    {
      name: 'DOCTYPE with an entity',
      message: post(`<!DOCTYPE r [<!ENTITY e "e">]>${forged()}`),
      code: 'xml_forbidden',
    },
    { name: '5,000 levels of nesting', message: post(extended(nested(5000))), code: 'xml_limits' },
    { name: '5,000 groups, signed', message: post(xml(scene, { attributes: person(5000) })), code: 'xml_limits' },
    { name: 'another key signed', message: post(forged()), code: 'signature_unknown_key' },
    { name: '... 2 certificates tried', message: post(forged()), code: 'signature_unknown_key', certificates: 2 },
    {
      name: '... 84 KB of empty elements',
      message: post(extended('<x xmlns="urn:x"/>'.repeat(4700))),
      code: 'signature_unknown_key',
    },
    {
      name: '... 64 attributes on each of 150',
      message: post(extended(attributes(64, 150))),
      code: 'signature_unknown_key',
    },
    {
      name: '... 250 KB of text',
      message: post(extended(`<x xmlns="urn:x">${'x'.repeat(240_000)}</x>`)),
      code: 'signature_unknown_key',
    },
    { name: '... 4,800 groups', message: post(forged({ attributes: person(4800) })), code: 'signature_unknown_key' },
    {
      name: 'content changed after signing',
      message: brokenMessages(post(xml(scene, {})))[1] ?? '',
      code: 'signature_digest',
    },
    {
      name: '4,800 groups, signed, for another audience',
      message: post(xml(scene, { audience: 'https://other.example', attributes: person(4800) })),
      code: 'audience_mismatch',
    },
    ...Object.entries(dense).map(([name, content]) => ({
      name: `${name}, signed, judged at once`,
      message: post(xml(scene, { audience: 'https://other.example', attributes: { a: ['x'] }, ...dearly(content) })),
      code: 'audience_mismatch' as const,
    })),
    {
      name: 'signed, but for another audience',
      message: post(xml(scene, { audience: 'https://other.example' })),
      code: 'audience_mismatch',
    },
  ]
}

// What a hostile tenant's own identity provider may sign and still be judged at once (src/judging.ts): dear by the character.
const dense = {
  '150 empty elements': '<x></x>'.repeat(150),
  '150 elements with a namespace each': Array.from(
    { length: 150 },
    (_, n) => `<p${n}:x xmlns:p${n}="u:${n}"></p${n}:x>`,
  ).join(''),
  '63 attributes on each of 10':
    `<x${Array.from({ length: 63 }, (_, n) => ` a${String(n).padStart(2, '0')}="1"`).join('')}></x>`.repeat(10),
}

function dearly(content: string): Partial<Parts> {
  return { editAssertion: xml => xml.replace('</saml:AttributeValue>', `${content}</saml:AttributeValue>`) }
}

function withExtensions(text: string, extensions: string): string {
  const at = text.indexOf('<samlp:Status>')
  return `${text.slice(0, at)}<samlp:Extensions>${extensions}</samlp:Extensions>${text.slice(at)}`
}

function nested(levels: number): string {
  return `${'<x xmlns="urn:x">'.repeat(levels)}${'</x>'.repeat(levels)}`
}

function attributes(count: number, elements: number): string {
  const list = Array.from({ length: count - 1 }, (_, n) => ` a${n}=""`).join('')
  return `<x xmlns="urn:x"${list}/>`.repeat(elements)
}
