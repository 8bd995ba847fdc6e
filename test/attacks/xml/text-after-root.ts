import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'text follows the root, which a lenient parser gives to the last element',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const control = response()
    return { evil: `${control}admin`, control: `${control}\n` }
  },
}
