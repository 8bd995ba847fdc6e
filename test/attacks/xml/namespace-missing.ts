import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the Response is in no namespace at all, for whoever looks at local names only',
  code: 'schema_invalid',
  forge: ({ response }) => {
    const control = response()
    const evil = control.replace(/ xmlns:samlp="[^"]*"/, '').replaceAll('samlp:', '')
    return { evil, control }
  },
}
