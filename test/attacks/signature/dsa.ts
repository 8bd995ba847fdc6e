import { generateKeyPairSync, sign } from 'node:crypto'
import { type Attack, scene } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { trustIn } from '../../support/judging.ts'
import { revalue, swap } from '../../support/tamper.ts'

const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
const trusted = trustIn(scene().idp).keys

export const attack: Attack = {
  misdeed: 'the signature is DSA by a key that somehow got into the list of trusted ones',
  code: 'signature_algorithm',
  trust: { keys: [...trusted, { sha256: 'dsa', key: dsa.publicKey, certificate: '' }], allowSha1: true },
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, ids.signature['rsa-sha256'], 'http://www.w3.org/2000/09/xmldsig#dsa-sha1'),
        after: text =>
          revalue(text, info => sign('sha1', Buffer.from(info), { key: dsa.privateKey, dsaEncoding: 'ieee-p1363' })),
      },
    }),
    control: response(),
  }),
}
