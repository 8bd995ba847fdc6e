// Every algorithm that is accepted, in the mixtures that occur.

import type { Hash, SignatureName } from '../support/dsig.ts'
import { ecIdp } from '../support/ec.ts'
import { responseXml, type TestIdp, testIdp } from '../support/idp.ts'
import { trustIn } from '../support/judging.ts'
import type { Legitimate } from '../support/legitimate.ts'

const curves: Record<string, TestIdp> = {
  'P-256': ecIdp('prime256v1'),
  'P-384': ecIdp('secp384r1'),
  'P-521': ecIdp('secp521r1'),
}
const elliptic = ecIdp()
const large = testIdp(undefined, 3072)

const by = (
  idp: TestIdp,
  algorithm: SignatureName,
  digest: Hash = 'sha256',
): Pick<Legitimate, 'response' | 'trust'> => ({
  response: ({ parts }) => responseXml(idp, parts({ sign: 'both', signature: { algorithm, digest } })),
  trust: () => trustIn(idp),
})

const rsa: [SignatureName, Hash][] = [
  ['rsa-sha256', 'sha256'],
  ['rsa-sha384', 'sha384'],
  ['rsa-sha512', 'sha512'],
  ['rsa-sha256', 'sha512'],
  ['rsa-sha256', 'sha384'],
  ['rsa-sha384', 'sha256'],
  ['rsa-sha512', 'sha256'],
  ['pss-sha256', 'sha256'],
  ['pss-sha384', 'sha384'],
  ['pss-sha512', 'sha512'],
  ['pss-sha256', 'sha512'],
  ['pss-sha512', 'sha256'],
]

const ec: [string, SignatureName, Hash][] = [
  ['P-256', 'ecdsa-sha256', 'sha256'],
  ['P-384', 'ecdsa-sha384', 'sha384'],
  ['P-521', 'ecdsa-sha512', 'sha512'],
  ['P-384', 'ecdsa-sha256', 'sha256'],
  ['P-256', 'ecdsa-sha512', 'sha384'],
]

export const cases: readonly Legitimate[] = [
  ...rsa.map(
    ([algorithm, digest]) =>
      ({
        sentence: `${algorithm} with a ${digest} digest`,
        response: ({ response }) => response({ sign: 'both', signature: { algorithm, digest } }),
      }) satisfies Legitimate,
  ),
  ...ec.flatMap(([curve, algorithm, digest]) => {
    const idp = curves[curve]
    return idp ? [{ sentence: `${algorithm} on ${curve} with a ${digest} digest`, ...by(idp, algorithm, digest) }] : []
  }),
  { sentence: 'an RSA key of 3072 bits', ...by(large, 'rsa-sha256') },
  {
    sentence: 'SHA-1 while the connection still allows it',
    response: ({ response }) => response({ sign: 'both', signature: { algorithm: 'rsa-sha1', digest: 'sha1' } }),
    trust: () => ({ allowSha1: true }),
  },
  {
    sentence: 'an elliptic signature where an RSA certificate is trusted too, and is tried first',
    response: ({ parts }) => responseXml(elliptic, parts({ signature: { algorithm: 'ecdsa-sha256' } })),
    trust: ({ idp }) => ({ keys: [...trustIn(idp).keys, ...trustIn(elliptic).keys] }),
  },
  {
    sentence: 'an RSA signature where an elliptic certificate is trusted too, and is tried first',
    response: ({ response }) => response({ sign: 'both' }),
    trust: ({ idp }) => ({ keys: [...trustIn(elliptic).keys, ...trustIn(idp).keys] }),
  },
]
