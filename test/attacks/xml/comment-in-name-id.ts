import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed:
    'a person with a long name of their own choice puts a comment into it, for whoever reads the first text node only',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response({ nameId: 'admin@acme.example.evil.example' })
    return { evil: swap(control, 'admin@acme.example.evil', 'admin@acme.example<!---->.evil'), control }
  },
}
