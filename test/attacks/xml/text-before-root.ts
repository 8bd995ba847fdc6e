import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'text precedes the root, as where two encodings of one message were joined',
  code: 'xml_malformed',
  forge: ({ response }) => {
    const control = response()
    return { evil: `admin${control}`, control: `\n${control}` }
  },
}
