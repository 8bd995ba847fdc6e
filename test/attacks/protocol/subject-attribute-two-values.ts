import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the attribute that names the person has two values: which of them is it',
  code: 'subject_missing',
  expected: { subject: 'employee' },
  forge: ({ response }) => ({
    evil: response({ attributes: { employee: ['4711', '1'] } }),
    control: response({ attributes: { employee: ['4711'] } }),
  }),
}
