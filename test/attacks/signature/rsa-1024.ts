import { type Attack, scene } from '../../support/attack.ts'
import { testIdp } from '../../support/idp.ts'
import { trustIn } from '../../support/judging.ts'

const weak = testIdp(undefined, 1024)
const trusted = trustIn(scene().idp).keys

export const attack: Attack = {
  misdeed: 'the signature is by an RSA key of 1024 bits that an old set-up still trusts: such keys can be factored',
  code: ['signature_unknown_key', 'signature_algorithm'],
  trust: { keys: [...trusted, ...trustIn(weak).keys] },
  forge: ({ response }) => ({
    evil: response({ signature: { key: weak.privateKey, keyInfo: '' } }),
    control: response({ signature: { keyInfo: '' } }),
  }),
}
