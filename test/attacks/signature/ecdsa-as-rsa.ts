import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { ecIdp } from '../../support/ec.ts'
import { trustIn } from '../../support/judging.ts'
import { swap } from '../../support/tamper.ts'

const ec = ecIdp()

export const attack: Attack = {
  misdeed: 'an ECDSA signature by the right key is named RSA-SHA256: the name must fit the key',
  code: 'signature_unknown_key',
  trust: { keys: trustIn(ec).keys },
  forge: ({ response }) => {
    const signature = { algorithm: 'ecdsa-sha256', key: ec.privateKey, keyInfo: '' } as const
    const signedInfo = (text: string) => swap(text, ids.signature['ecdsa-sha256'], ids.signature['rsa-sha256'])
    return { evil: response({ signature: { ...signature, signedInfo } }), control: response({ signature }) }
  },
}
