// Messages of single logout that must stay out, and those beside them that must come in.

import { generateKeyPairSync } from 'node:crypto'
import { test } from 'tap'
import type { LogoutMessage } from '../../src/saml/logout-message.ts'
import { judgeLogout, type LogoutRuleName, logoutRules } from '../../src/saml/logout-rules.ts'
import type { Tools } from '../../src/saml/response.ts'
import { samlifyOpinion } from '../../src/saml/second-opinion.ts'
import { ids } from '../support/dsig.ts'
import { encryptAssertion } from '../support/encryption.ts'
import { tools, trustIn } from '../support/judging.ts'
import { byRedirect, join, logoutXml, nameId, type QueryOptions, signedParts } from '../support/logout.ts'
import { judgedLogout, logoutScene, query, runLogoutAttacks, sloUrl } from '../support/logout-attacks.ts'

for (const kind of ['logout', 'redirect']) await runLogoutAttacks(kind)

const lowerCase = (text: string) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, one => one.toLowerCase())
const plusForSpace = (text: string) => encodeURIComponent(text).replaceAll('%20', '+')
const everyLetter = (text: string) => [...Buffer.from(text)].map(byte => `%${byte.toString(16)}`).join('')

test('a signed query is taken however it is encoded, in whatever order, with whatever else beside it', async t => {
  const stage = logoutScene()
  const trust = trustIn(stage.idp)
  const taken = (text: string) => judgedLogout(query(text), stage, trust).code
  const styles: QueryOptions[] = [
    ...[{ encode: lowerCase }, { encode: everyLetter }, { relayState: null }, { relayState: '' }],
    { relayState: 'a b&c=é', encode: plusForSpace },
    ...(['rsa-sha384', 'rsa-sha512'] as const).map(name => ({ algorithm: ids.signature[name], hash: name.slice(4) })),
  ]
  for (const style of styles) t.equal(taken(join(stage.query(style))), null, JSON.stringify(style))
  const { message, relayState, sigAlg, signature } = stage.query()
  t.equal(taken([signature, sigAlg, relayState, message].join('&')), null)
  t.equal(taken(`client-request-id=1&${message}&${relayState}&${sigAlg}&${signature}&x&y=%zz`), null)
  const deflate = encodeURIComponent('urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE')
  t.equal(taken(`${join(stage.query())}&SAMLEncoding=${deflate}`), null)
  const signedInside = logoutXml(stage.idp, stage.logout(), true)
  t.equal(
    taken(join(signedParts(stage.idp, 'SAMLRequest', signedInside))),
    null,
    'the signature inside is not looked at',
  )
})

test('a query signed with ECDSA is taken in the form of XML signatures, and no other', async t => {
  const stage = logoutScene()
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keys = [{ sha256: 'ab', key: publicKey, certificate: '' }]
  const of = (dsaEncoding: 'ieee-p1363' | 'der') =>
    byRedirect(stage.idp, stage.logout(), {
      algorithm: ids.signature['ecdsa-sha256'],
      key: { key: privateKey, dsaEncoding },
    })
  t.equal(judgedLogout(of('ieee-p1363'), stage, trustIn(stage.idp, { keys })).code, null)
  t.equal(judgedLogout(of('der'), stage, trustIn(stage.idp, { keys })).code, 'signature_unknown_key')
})

test('SHA-1 is taken only while the connection allows it, in the query and in the form', async t => {
  const stage = logoutScene()
  const sha1 = [
    stage.redirect({}, { algorithm: ids.signature['rsa-sha1'], hash: 'sha1' }),
    stage.form({ signature: { algorithm: 'rsa-sha1', digest: 'sha1' } }),
  ]
  for (const message of sha1) {
    t.equal(judgedLogout(message, stage, trustIn(stage.idp)).code, 'signature_algorithm')
    t.equal(judgedLogout(message, stage, trustIn(stage.idp, { allowSha1: true })).code, null)
  }
})

test('a form on which the second verifier does not agree is refused', async t => {
  const stage = logoutScene()
  const verdict = (opinion: Tools['opinion']) =>
    judgedLogout(stage.form(), stage, trustIn(stage.idp), { ...tools, opinion }).code
  t.equal(
    verdict(() => undefined),
    'second_opinion',
  )
  t.equal(
    verdict(() => '<a/>'),
    'second_opinion',
  )
  t.equal(verdict(samlifyOpinion), null)
})

test('a form is taken with other algorithms and with an encrypted name', async t => {
  const stage = logoutScene()
  const trust = trustIn(stage.idp, { decryptionKeys: [stage.ours.privateKey] })
  for (const algorithm of ['rsa-sha512', 'pss-sha256'] as const)
    t.equal(judgedLogout(stage.form({ signature: { algorithm } }), stage, trust).code, null, algorithm)
  const encrypted = encryptAssertion(nameId('alice'), stage.ours.publicKey)
  const name = encrypted.replaceAll('saml:EncryptedAssertion', 'saml:EncryptedID')
  t.equal(judgedLogout(stage.form({ name }), stage, trust).code, null)
})

const now = Date.now()
const good: LogoutMessage = {
  element: 'LogoutRequest',
  id: '_a',
  version: '2.0',
  issueInstant: new Date(now).toISOString(),
  destination: sloUrl,
  issuer: 'https://idp.example',
  issuerFormat: undefined,
  notOnOrAfter: undefined,
  nameID: { value: 'alice', format: undefined, nameQualifier: undefined, spNameQualifier: undefined },
  sessionIndexes: [],
  inResponseTo: undefined,
  status: { code: '', subCode: undefined, message: undefined },
}
const counterExamples: Record<LogoutRuleName, Partial<LogoutMessage>[]> = {
  version: [{ version: '1.1' }, { version: '' }],
  issuer: [{ issuer: '' }, { issuer: 'https://idp.example/' }, { issuerFormat: 'urn:x' }],
  destination: [{ destination: undefined }, { destination: `${sloUrl}/` }, { destination: '' }],
  issue_instant: [{ issueInstant: '' }, { issueInstant: '2020-01-01T00:00:00Z' }, { issueInstant: 'yesterday' }],
  not_on_or_after: [{ notOnOrAfter: '' }, { notOnOrAfter: '2020-01-01T00:00:00Z' }, { notOnOrAfter: 'soon' }],
  name: [{ nameID: undefined }],
}

test('each rule of single logout has counter-examples, and each breaks that rule only', async t => {
  const expected = { issuers: ['https://idp.example'], destination: sloUrl, clockSkew: 180 }
  const broken = (message: LogoutMessage) =>
    judgeLogout(message, expected, now)
      .filter(check => check.verdict === 'fail')
      .map(check => check.name)
  t.same(broken(good), [])
  t.same(Object.keys(counterExamples), Object.keys(logoutRules))
  for (const [name, changes] of Object.entries(counterExamples))
    for (const change of changes) t.same(broken({ ...good, ...change }), [name], JSON.stringify(change))
})
