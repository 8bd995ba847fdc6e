import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the attribute that names the person is empty',
  code: 'subject_missing',
  expected: { subject: 'employee' },
  forge: ({ response }) => ({
    evil: response({ attributes: { employee: [''] } }),
    control: response({ attributes: { employee: ['4711'] } }),
  }),
}
