import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a comment splits an e-mail address of a domain that the person does own, for whoever reads the first text node only',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response({ attributes: { email: ['admin@acme.example.evil.example'] } })
    return { evil: swap(control, 'acme.example.evil', 'acme.example<!-- x -->.evil'), control }
  },
}
