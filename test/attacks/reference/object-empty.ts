import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'an empty Object is added to a good signature: the place in which wrapped elements are kept',
  code: 'signature_layout',
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '</ds:Signature>', '<ds:Object></ds:Object></ds:Signature>'), control: good }
  },
}
