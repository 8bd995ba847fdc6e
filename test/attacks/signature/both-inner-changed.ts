import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a good Response holds an assertion that was changed after it was signed, and before the Response was',
  code: 'signature_digest',
  forge: ({ parts, assertion, response }) => {
    const p = parts({ sign: 'both' })
    const inner = assertion(p)
    return { evil: response(p, swap(inner, '>alice<', '>admin<')), control: response(p, inner) }
  },
}
