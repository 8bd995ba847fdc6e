import type { Attack } from '../../support/attack.ts'
import { ecIdp } from '../../support/ec.ts'
import { trustIn } from '../../support/judging.ts'
import { changeValue } from '../../support/tamper.ts'

const ec = ecIdp()

export const attack: Attack = {
  misdeed:
    'an ECDSA signature is r = 0 and s = 0, which fits everything where nobody checks the range (CVE-2022-21449)',
  code: 'signature_unknown_key',
  trust: { keys: trustIn(ec).keys },
  forge: ({ response }) => {
    const good = response({ signature: { algorithm: 'ecdsa-sha256', key: ec.privateKey, keyInfo: '' } })
    return { evil: changeValue(good, value => Buffer.alloc(value.length)), control: good }
  },
}
