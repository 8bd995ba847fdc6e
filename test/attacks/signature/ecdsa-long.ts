import type { Attack } from '../../support/attack.ts'
import { ecIdp } from '../../support/ec.ts'
import { trustIn } from '../../support/judging.ts'
import { changeValue } from '../../support/tamper.ts'

const ec = ecIdp()

export const attack: Attack = {
  misdeed:
    'both numbers of an ECDSA signature have a zero byte in front: the same numbers, in a length that is not the curve’s',
  code: 'signature_unknown_key',
  trust: { keys: trustIn(ec).keys },
  forge: ({ response }) => {
    const good = response({ signature: { algorithm: 'ecdsa-sha256', key: ec.privateKey, keyInfo: '' } })
    const zero = Buffer.of(0)
    const longer = (value: Buffer) => Buffer.concat([zero, value.subarray(0, 32), zero, value.subarray(32)])
    return { evil: changeValue(good, longer), control: good }
  },
}
