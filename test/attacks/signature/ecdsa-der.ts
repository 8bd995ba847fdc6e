import { sign } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { ecIdp } from '../../support/ec.ts'
import { trustIn } from '../../support/judging.ts'
import { revalue } from '../../support/tamper.ts'

const ec = ecIdp()

export const attack: Attack = {
  misdeed:
    'an ECDSA signature by the right key is encoded in DER, where XML signatures have two numbers of fixed length',
  code: 'signature_unknown_key',
  trust: { keys: trustIn(ec).keys },
  forge: ({ response }) => {
    const signature = { algorithm: 'ecdsa-sha256', key: ec.privateKey, keyInfo: '' } as const
    const after = (text: string) => revalue(text, info => sign('sha256', Buffer.from(info), ec.privateKey))
    return { evil: response({ signature: { ...signature, after } }), control: response({ signature }) }
  },
}
