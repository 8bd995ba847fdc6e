import type { Attack } from '../../support/attack.ts'
import { ecIdp } from '../../support/ec.ts'
import { trustIn } from '../../support/judging.ts'
import { changeValue } from '../../support/tamper.ts'

const ec = ecIdp()
const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'

export const attack: Attack = {
  misdeed:
    'an ECDSA signature is the order of the curve twice, which is zero again for whoever reduces before checking',
  code: 'signature_unknown_key',
  trust: { keys: trustIn(ec).keys },
  forge: ({ response }) => {
    const good = response({ signature: { algorithm: 'ecdsa-sha256', key: ec.privateKey, keyInfo: '' } })
    return { evil: changeValue(good, () => Buffer.from(order + order, 'hex')), control: good }
  },
}
