import { createHash } from 'node:crypto'
import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { revalue, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature algorithm is a bare SHA-256 and the value is the hash, which anybody can make',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        signedInfo: text => swap(text, ids.signature['rsa-sha256'], ids.digest.sha256),
        after: text => revalue(text, info => createHash('sha256').update(info).digest()),
      },
    }),
    control: response(),
  }),
}
