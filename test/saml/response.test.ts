// Steps 3 to 8: what comes in, what stays out, and that two verifiers must agree.

import { test } from 'tap'
import { type SecondOpinion, samlifyOpinion } from '../../src/saml/second-opinion.ts'
import { digestIds, type Encryption, encryptAssertion, usual } from '../support/encryption.ts'
import { assertionXml, parts, responseXml, subjectXml, testIdp } from '../support/idp.ts'
import { expectation, judged, requestId, sp, tools, trustIn } from '../support/judging.ts'
import { rsaPair } from '../support/rsa.ts'
import { schema } from '../support/schema.ts'

const idp = testIdp()
const ours = rsaPair()
const trust = trustIn(idp, { decryptionKeys: [ours.privateKey] })
const good = () => parts(idp, sp, requestId)
const outcome = (xml: string, more = {}) => judged(xml, { ...trust, ...more }, expectation(idp))

test('every placement of signatures is accepted, none at all is not', async t => {
  for (const sign of ['assertion', 'response', 'both'] as const) {
    const { code, examined } = outcome(responseXml(idp, { ...good(), sign }))
    t.equal(code, null, sign)
    t.equal(examined?.assertion.nameID?.value, 'alice')
  }
  t.equal(outcome(responseXml(idp, { ...good(), sign: 'none' })).code, 'signature_missing')
})

test('a failure that the identity provider reports is told even though nothing is signed', async t => {
  const status = 'urn:oasis:names:tc:SAML:2.0:status:Responder'
  const { code, checks } = outcome(responseXml(idp, { ...good(), sign: 'none', status }, ''))
  t.equal(code, 'status_not_success')
  t.match(
    checks.find(check => check.verdict === 'fail'),
    { name: 'status', received: status },
  )
})

test('what was changed after signing is refused, wherever it was changed', async t => {
  const xml = responseXml(idp, { ...good(), sign: 'assertion' })
  t.equal(outcome(xml.replace('>alice<', '>admin<')).code, 'signature_digest')
  t.equal(
    outcome(xml.replace(/<ds:SignatureValue>(.)/, (_, first) => `<ds:SignatureValue>${first === 'A' ? 'B' : 'A'}`))
      .code,
    'signature_unknown_key',
  )
  t.equal(
    outcome(xml.replace(/<ds:DigestValue>(.)/, (_, first) => `<ds:DigestValue>${first === 'A' ? 'B' : 'A'}`)).code,
    'signature_unknown_key',
  )
})

test('a stranger’s key does not help, not even with its certificate in the message', async t => {
  const stranger = { ...testIdp(), issuer: idp.issuer }
  t.equal(outcome(responseXml(stranger, good())).code, 'signature_unknown_key')
})

test('every configured certificate is tried', async t => {
  const second = testIdp(idp.issuer)
  const keys = [...trust.keys, ...trustIn(second).keys]
  t.equal(outcome(responseXml(second, good()), { keys }).code, null)
})

test('of a signed assertion only the canonical text that was signed is read', async t => {
  const evil = good()
  const xml = responseXml(idp, { ...evil, sign: 'assertion' })
  const forged = assertionXml(idp, { ...evil, sign: 'none', nameId: 'admin', assertionId: '_forged' })
  const places = {
    'beside it': xml.replace('<saml:Assertion ', `${forged}<saml:Assertion `),
    'in Extensions': xml.replace('<samlp:Status>', `<samlp:Extensions>${forged}</samlp:Extensions><samlp:Status>`),
    'in StatusDetail': xml.replace(
      '</samlp:Status>',
      `<samlp:StatusDetail>${forged}</samlp:StatusDetail></samlp:Status>`,
    ),
  }
  for (const [place, wrapped] of Object.entries(places)) t.equal(outcome(wrapped).code, 'response_layout', place)
})

test('an ID that occurs twice is refused, in any namespace or letter case', async t => {
  const p = good()
  const xml = responseXml(idp, p)
  const detail = (attribute: string) =>
    xml.replace(
      '</samlp:Status>',
      `<samlp:StatusDetail><x ${attribute}="${p.assertionId}"/></samlp:StatusDetail></samlp:Status>`,
    )
  for (const attribute of ['ID', 'Id', 'id']) t.equal(outcome(detail(attribute)).code, 'duplicate_id', attribute)
  t.equal(outcome(detail('xml:id')).code, 'schema_invalid', 'the schema refuses xml:id before')
})

test('both verifiers must agree: one that fails, refuses or reads something else is a refusal', async t => {
  const xml = responseXml(idp, good())
  const broken: Record<string, SecondOpinion> = {
    refuses: () => undefined,
    throws: () => {
      throw new Error('out of memory')
    },
    'reads another name': proof => samlifyOpinion(proof)?.replace('>alice<', '>admin<'),
    'reads an empty assertion': () => '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>',
  }
  for (const [name, opinion] of Object.entries(broken)) {
    t.equal(judged(xml, trust, expectation(idp), Date.now(), { schema, opinion }).code, 'second_opinion', name)
  }
  t.equal(judged(xml, trust, expectation(idp), Date.now(), { ...tools, opinion: undefined }).code, null)
})

const encrypted = (how: Partial<Encryption>, sign: 'assertion' | 'response' | 'both' | 'none') => {
  const p = { ...good(), sign }
  return responseXml(idp, p, encryptAssertion(assertionXml(idp, p), ours.publicKey, { ...usual, ...how }))
}
const xenc11 = 'http://www.w3.org/2009/xmlenc11#'
const xenc = 'http://www.w3.org/2001/04/xmlenc#'

test('an encrypted assertion comes in when it or the Response around it is signed', async t => {
  for (const sign of ['assertion', 'response', 'both'] as const) {
    const { code, examined } = outcome(encrypted({}, sign))
    t.equal(code, null, sign)
    t.equal(examined?.assertion.nameID?.value, 'alice')
    t.equal(examined?.encrypted, true)
  }
  t.equal(outcome(encrypted({}, 'none')).code, 'signature_missing')
})

test('AES-GCM of every size is taken, AES-CBC only where a verified Response signature covers it', async t => {
  for (const bits of [128, 192, 256]) {
    t.equal(outcome(encrypted({ data: `${xenc11}aes${bits}-gcm` }, 'assertion')).code, null)
    const data = `${xenc}aes${bits}-cbc`
    t.equal(outcome(encrypted({ data }, 'assertion')).code, 'encryption_cbc_unsigned')
    t.equal(outcome(encrypted({ data }, 'assertion'), { allowCbcUnsigned: true }).code, null)
    t.equal(outcome(encrypted({ data }, 'both')).code, null)
  }
})

test('RSA-OAEP is taken with every pair of digest and mask, and with the key beside the data', async t => {
  for (const digest of [null, ...Object.keys(digestIds)]) {
    t.equal(outcome(encrypted({ digest }, 'assertion')).code, null, `mgf1p ${digest}`)
    for (const mgf of [null, ...Object.keys(digestIds)]) {
      const how = { transport: `${xenc11}rsa-oaep`, digest, mgf, place: 'sibling' as const }
      t.equal(outcome(encrypted(how, 'assertion')).code, null, `${digest} ${mgf}`)
    }
  }
})

test('RSA 1.5 and 3DES are never taken', async t => {
  t.equal(outcome(encrypted({ transport: `${xenc}rsa-1_5` }, 'both')).code, 'encryption_algorithm')
  const tripled = encrypted({}, 'assertion').replace(`${xenc11}aes256-gcm`, `${xenc}tripledes-cbc`)
  t.equal(outcome(tripled).code, 'encryption_algorithm')
})

test('whatever is wrong with a ciphertext is one and the same error', async t => {
  const xml = encrypted({}, 'assertion')
  const spoiled = xml.replace(/(<xenc:CipherValue>)(.{40})/g, (_, tag, text) => tag + [...text].reverse().join(''))
  t.equal(outcome(spoiled).code, 'decryption_failed')
  t.equal(outcome(xml, { decryptionKeys: [] }).code, 'decryption_failed')
  const stranger = rsaPair().privateKey
  t.equal(outcome(xml, { decryptionKeys: [stranger] }).code, 'decryption_failed')
  t.equal(outcome(xml, { decryptionKeys: [stranger, ours.privateKey] }).code, null, 'every key is tried')
})

test('an encrypted NameID is read like a plain one', async t => {
  const p = good()
  const name = '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Format="urn:x">alice</saml:NameID>'
  const encryptedId = encryptAssertion(name, ours.publicKey)
    .replaceAll('saml:EncryptedAssertion', 'saml:EncryptedID')
    .replace(' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"', '')
  const subject = subjectXml(p).replace(/<saml:NameID.*<\/saml:NameID>/, encryptedId)
  const { code, examined } = outcome(responseXml(idp, { ...p, subject }))
  t.equal(code, null)
  t.match(examined?.assertion.nameID, { value: 'alice', format: 'urn:x' })
  t.equal(outcome(responseXml(idp, { ...p, subject }), { decryptionKeys: [] }).code, 'decryption_failed')
})
