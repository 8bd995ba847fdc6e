import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'tap'
import { selfSignedCertificate } from '../../src/saml/certificate.ts'
import { rsaPair } from '../support/rsa.ts'

const { publicKey, privateKey } = rsaPair()
const request = {
  subject: 'Assay demo: acme',
  publicKey,
  privateKey,
  serial: Buffer.from('0123456789abcdef', 'hex'),
  notBefore: new Date('2026-01-02T03:04:05Z'),
  notAfter: new Date('2036-01-02T03:04:05Z'),
}
const make = (changes: Partial<typeof request> = {}) =>
  new X509Certificate(selfSignedCertificate({ ...request, ...changes }))

test('a certificate holds its key, is signed by it and names itself as issuer', async t => {
  const certificate = make()
  t.ok(certificate.verify(publicKey))
  t.ok(certificate.checkPrivateKey(privateKey))
  t.ok(certificate.checkIssued(certificate))
  t.equal(certificate.subject, 'CN=Assay demo: acme')
  t.equal(certificate.issuer, certificate.subject)
  t.equal(certificate.serialNumber, '0123456789ABCDEF')
})

test('a certificate of another key does not verify', async t => {
  const other = rsaPair()
  t.notOk(make().verify(other.publicKey))
})

test('a certificate is valid from and until the given second', async t => {
  const certificate = make()
  t.same(certificate.validFromDate, request.notBefore)
  t.same(certificate.validToDate, request.notAfter)
})

test('a certificate writes 2049 as UTCTime and 2050 as GeneralizedTime', async t => {
  const before = make({ notAfter: new Date('2049-12-31T23:59:59Z') })
  const after = make({ notAfter: new Date('2050-01-01T00:00:00Z') })
  t.ok(before.raw.includes('\x17\x0d491231235959Z'))
  t.ok(after.raw.includes('\x18\x0f20500101000000Z'))
  t.same(after.validToDate, new Date('2050-01-01T00:00:00Z'))
})

test('a certificate keeps any name of up to 64 characters', async t => {
  const name = fc.string({ unit: fc.constantFrom('a', 'Z', 'é', '職', '🜚', ' x'), minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(name, subject => make({ subject }).raw.includes(Buffer.from(subject))),
    { numRuns: 20 },
  )
  t.ok(make({ subject: '職'.repeat(64) }).verify(publicKey))
})

test('a certificate keeps any positive serial number of up to 20 octets, in its shortest form', async t => {
  t.equal(make({ serial: Buffer.from('ff00', 'hex') }).serialNumber, 'FF00')
  t.equal(make({ serial: Buffer.from('0000017f', 'hex') }).serialNumber, '017F')
  t.equal(make({ serial: Buffer.alloc(20, 0x7f) }).serialNumber, '7F'.repeat(20))
})

test('a certificate that could not be read is not written', async t => {
  const { publicKey: curve } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const wrong: Partial<typeof request>[] = [
    { subject: '' },
    { subject: 'a'.repeat(65) },
    { serial: Buffer.alloc(4) },
    { serial: Buffer.alloc(20, 0xff) },
    { notAfter: request.notBefore },
    { notAfter: new Date(Number.NaN) },
    { notBefore: new Date('1949-12-31T00:00:00Z') },
    { notAfter: new Date('+010000-01-01T00:00:00Z') },
    { publicKey: curve },
  ]
  for (const changes of wrong) t.throws(() => make(changes), RangeError)
})
