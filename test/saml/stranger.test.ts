// What an operator reads of a signature that no known certificate made, and of two clocks that differ.

import { test } from 'tap'
import { parts, responseXml, type TestIdp, testIdp } from '../support/idp.ts'
import { expectation, judged, requestId, sp, trustIn } from '../support/judging.ts'

const idp = testIdp()
const stranger = { ...testIdp('CN=never "trusted"'), issuer: idp.issuer }
const pairs = (from: TestIdp) => trustIn(from).keys[0]?.sha256.match(/../g)?.join(':') ?? ''

const signatureOf = (signer: TestIdp, keyInfo?: string, edit = (xml: string) => xml) => {
  const signature = keyInfo === undefined ? {} : { keyInfo }
  const { checks, code } = judged(
    edit(responseXml(signer, { ...parts(idp, sp, requestId), signature })),
    trustIn(idp),
    expectation(idp),
  )
  return { code, ...checks.find(check => check.name === 'signature') }
}
const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const info = (content: string) => `<ds:KeyInfo><ds:X509Data>${content}</ds:X509Data></ds:KeyInfo>`
const certificate = (text: string) => info(`<ds:X509Certificate>${text}</ds:X509Certificate>`)

test('the certificate that a message names is told, with ours beside it', async t => {
  const { code, expected, received } = signatureOf(stranger)
  t.equal(code, 'signature_unknown_key')
  t.match(expected, `SHA-256 ${pairs(idp)}`)
  t.match(received, `SHA-256 ${pairs(stranger)}, CN=`)
  t.match(received, /never.*valid until \d{4}-\d\d-\d\d$/)
})

test('a message that names no certificate, or none that can be read, says so', async t => {
  const keyValue = `<ds:KeyInfo><ds:KeyName>k1</ds:KeyName></ds:KeyInfo>`
  const notOne = Buffer.from('not a certificate').toString('base64')
  const big = Buffer.alloc(20_000).toString('base64')
  for (const keyInfo of ['', keyValue, certificate(notOne), certificate(big)]) {
    const { code, received } = signatureOf(stranger, keyInfo)
    t.equal(code, 'signature_unknown_key')
    t.equal(received, 'signed by a key whose certificate the message does not carry')
  }
})

test('our own certificate in KeyInfo lends a forged signature nothing', async t => {
  const { code, received } = signatureOf(stranger, certificate(idp.bareCertificate))
  t.equal(code, 'signature_unknown_key')
  t.match(received, new RegExp(`^not signed by .*${pairs(idp)}, which we know$`))
})

test('of very many certificates only the first few are looked at', async t => {
  const one = `<ds:X509Certificate>${stranger.bareCertificate}</ds:X509Certificate>`
  const ours = `<ds:X509Certificate>${idp.bareCertificate}</ds:X509Certificate>`
  t.match(signatureOf(stranger, info(one.repeat(40) + ours)).received, pairs(stranger))
})

test('a good signature tells whose it is, whatever its KeyInfo names', async t => {
  const { code, verdict, received } = signatureOf(idp, certificate(stranger.bareCertificate))
  t.match({ code, verdict }, { code: null, verdict: 'pass' })
  t.match(received, pairs(idp))
  t.notMatch(received, pairs(stranger))
  t.notMatch(
    signatureOf(idp, `<ds:KeyInfo xmlns:ds="${dsig}"></ds:KeyInfo>`).verdict,
    'pass',
    'an empty one is no KeyInfo',
  )
})

test('times that do not fit are told with both clocks', async t => {
  const theirs = Date.parse('2026-03-01T14:03:10Z')
  const at = (now: string) => {
    const xml = responseXml(idp, parts(idp, sp, requestId, theirs))
    return judged(xml, trustIn(idp), expectation(idp, { clockSkew: 60 }), Date.parse(now))
  }
  const received = (now: string, name: string) => at(now).checks.find(check => check.name === name)?.received
  t.match(received('2026-03-01T14:09:44Z', 'not_on_or_after'), 'your identity provider says 14:03:10, we say 14:09:44')
  t.match(received('2026-03-01T14:00:01Z', 'not_before'), 'your identity provider says 14:03:10, we say 14:00:01')
  t.match(received('2026-03-01T14:09:44Z', 'confirmation'), /^NotOnOrAfter: until .* we say 14:09:44$/)
  t.match(received('2026-03-02T14:03:10Z', 'not_on_or_after'), 'says 2026-03-01T14:03:10Z, we say 2026-03-02T14:03:10Z')
})
