import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'another attribute differs from the one that names the person in case only',
  code: 'subject_missing',
  expected: { subject: 'employee' },
  forge: ({ response }) => ({
    evil: response({ attributes: { Employee: ['4711'] } }),
    control: response({ attributes: { employee: ['4711'] } }),
  }),
}
