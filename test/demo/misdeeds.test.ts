import { X509Certificate } from 'node:crypto'
import { test } from 'tap'
import { allMisdeeds, type MisdeedName, misdeeds } from '../../src/demo/misdeeds.ts'
import { buildResponse } from '../../src/demo/response.ts'
import { Problem, type ProblemCode } from '../../src/problem.ts'
import { openInquiry } from '../../src/saml/inquiry.ts'
import { judge, verdict } from '../../src/saml/judge.ts'
import { examine } from '../../src/saml/response.ts'
import { samlifyOpinion } from '../../src/saml/second-opinion.ts'
import { aliceInput, freshSigner, now } from '../support/demo.ts'
import { schema } from '../support/schema.ts'

const idp = freshSigner()
const stranger = freshSigner()
const build = (misdeed?: MisdeedName) => buildResponse({ ...aliceInput(idp, stranger), misdeed })

const key = new X509Certificate(Buffer.from(idp.certificate, 'base64')).publicKey
const trust = {
  keys: [{ sha256: '', key, certificate: idp.certificate }],
  decryptionKeys: [],
  allowSha1: false,
  allowCbcUnsigned: false,
}
const { request, idp: issuer } = aliceInput(idp, stranger)
const expected = {
  issuer: issuer.entityId,
  spEntityId: request.spEntityId,
  acsUrls: [request.acsUrl],
  inResponseTo: request.id,
  clockSkew: 180,
  requireSigned: 'any',
  requireEncrypted: false,
  subject: null,
  requestedAuthnContext: [],
} as const

/** The code with which the service refuses a response, or undefined where it accepts it. */
const codeOf = (xml: string): ProblemCode | undefined => {
  try {
    const examined = examine(xml, trust, { schema, opinion: samlifyOpinion }, openInquiry())
    return verdict(judge(examined, expected, now.getTime()))
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

const codes: Record<MisdeedName, ProblemCode> = {
  expired_assertion: 'assertion_expired',
  wrong_audience: 'audience_mismatch',
  wrong_recipient: 'subject_confirmation',
  another_request: 'in_response_to_mismatch',
  stranger_key: 'signature_unknown_key',
  not_signed: 'signature_missing',
  changed_after_signing: 'signature_digest',
  forged_first: 'response_layout',
  comment_in_name: 'xml_forbidden',
  doctype_entity: 'xml_forbidden',
}

test('a response without a misdeed is accepted', async t => {
  t.equal(codeOf(build()), undefined)
})

for (const [name, { label }] of allMisdeeds()) {
  test(`“${label}” differs from a good response and is refused for what it is`, async t => {
    t.not(build(name), build())
    t.equal(codeOf(build(name)), codes[name])
  })
}

test('every misdeed has its own text', async t => {
  const texts = allMisdeeds().map(([name]) => build(name))
  t.equal(new Set(texts).size, Object.keys(misdeeds).length)
})

test('a misdeed that is not about the signature is signed in good faith', async t => {
  t.equal(codeOf(build('comment_in_name').replace('<!-- -->', '')), undefined)
  t.equal(
    codeOf(
      build('doctype_entity')
        .replace(/^<!DOCTYPE.*?\]>/, '')
        .replace('&person;', 'alice@acme.example'),
    ),
    undefined,
  )
  const forged = build('forged_first')
  const second = forged.indexOf('<saml:Assertion ', forged.indexOf('</saml:Assertion>'))
  t.equal(codeOf(forged.slice(0, forged.indexOf('<saml:Assertion ')) + forged.slice(second)), undefined)
})
