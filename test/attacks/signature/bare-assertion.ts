import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the signed assertion is posted alone, without the Response that says which request it answers',
  code: 'response_layout',
  forge: ({ parts, assertion, response }) => {
    const p = parts()
    return { evil: assertion(p), control: response(p) }
  },
}
