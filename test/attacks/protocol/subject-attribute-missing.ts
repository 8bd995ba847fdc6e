import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the attribute that names the person is missing, for whoever falls back to the NameID',
  code: 'subject_missing',
  expected: { subject: 'employee' },
  forge: ({ response }) => ({
    evil: response({ attributes: { mail: ['alice@acme.example'] } }),
    control: response({ attributes: { employee: ['4711'] } }),
  }),
}
