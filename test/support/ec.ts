// An identity provider with an elliptic curve key: its certificate is written here, as the product makes RSA certificates only.

import { generateKeyPairSync, sign } from 'node:crypto'
import type { TestIdp } from './idp.ts'

/** Makes an identity provider with a fresh key on a curve. */
export function ecIdp(namedCurve = 'prime256v1', issuer = 'https://idp.example/metadata'): TestIdp {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const ecdsaWithSha256 = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'))
  const name = der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(issuer)))))
  const validity = der(0x30, der(0x17, Buffer.from('250101000000Z')), der(0x17, Buffer.from('450101000000Z')))
  const version = Buffer.from('a003020102', 'hex')
  const serial = Buffer.from('020101', 'hex')
  const body = der(0x30, version, serial, ecdsaWithSha256, name, validity, name, spki)
  const signature = der(0x03, Buffer.of(0), sign('sha256', body, privateKey))
  const bareCertificate = der(0x30, body, ecdsaWithSha256, signature).toString('base64')
  const lines = bareCertificate.match(/.{1,64}/g) ?? []
  const certificate = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
  return { issuer, privateKey, publicKey, certificate, bareCertificate }
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  const size = body.length
  const head = size < 128 ? [tag, size] : size < 256 ? [tag, 0x81, size] : [tag, 0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from(head), body])
}
