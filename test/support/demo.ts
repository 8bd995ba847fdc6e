import { randomBytes } from 'node:crypto'
import type { Signer } from '../../src/demo/keys.ts'
import { people } from '../../src/demo/people.ts'
import type { ResponseInput } from '../../src/demo/response.ts'
import { selfSignedCertificate } from '../../src/saml/certificate.ts'
import { rsaPair } from './rsa.ts'

/** The moment at which the demo's tests take place. */
export const now = new Date('2026-11-23T16:40:12.000Z')

/** A signer with a fresh key. */
export function freshSigner(): Signer {
  const { privateKey, publicKey } = rsaPair()
  const validity = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2036-01-01T00:00:00Z') }
  const pem = selfSignedCertificate({ subject: 'test', publicKey, privateKey, serial: Buffer.of(1), ...validity })
  return { key: privateKey, certificate: pem.replace(/-----[^-]+-----|\s/g, '') }
}

/** What a good response for Alice is made from; ids count up, so that the same input gives the same text. */
export function aliceInput(idp: Signer, stranger: Signer): ResponseInput {
  let id = 0
  return {
    person: people.alice,
    request: {
      id: '_request',
      acsUrl: 'http://localhost:8080/saml/c1/acs',
      spEntityId: 'http://localhost:8080/saml/c1/metadata',
    },
    idp: { ...idp, entityId: 'http://localhost:8080/demo/idp/acme/metadata' },
    stranger,
    now,
    randomId: () => `_id${id++}`,
  }
}

/** What the demo's keys need, kept in `dataDir`. */
export function keyDeps(dataDir: string) {
  return { dataDir, clock: () => now, random: (bytes: number) => randomBytes(bytes) }
}
