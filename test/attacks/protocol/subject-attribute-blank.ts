import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the attribute that names the person is white space, which saml-core §1.3.1 does not take for a text',
  code: 'subject_missing',
  expected: { subject: 'employee' },
  forge: ({ response }) => ({
    evil: response({ attributes: { employee: [' '] } }),
    control: response({ attributes: { employee: ['4711'] } }),
  }),
}
