import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the last tag does not end, so that a search for its end runs through the whole message',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const control = response()
    return { evil: `${control.slice(0, -1)}${' a="b"'.repeat(1000)}`, control }
  },
}
