import { type Attack, scene } from '../../support/attack.ts'
import { ecIdp } from '../../support/ec.ts'
import { trustIn } from '../../support/judging.ts'

const weak = ecIdp('secp224r1')
const trusted = trustIn(scene().idp).keys

export const attack: Attack = {
  misdeed: 'the signature is by a trusted key on a curve that is none of ours',
  code: ['signature_unknown_key', 'signature_algorithm'],
  trust: { keys: [...trusted, ...trustIn(weak).keys] },
  forge: ({ response }) => ({
    evil: response({ signature: { key: weak.privateKey, algorithm: 'ecdsa-sha256', keyInfo: '' } }),
    control: response({ signature: { keyInfo: '' } }),
  }),
}
