import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the message is UTF-16 without a byte order mark, which is valid UTF-8 of letters and NULs, for a parser that guesses',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response()
    return { evil: Buffer.from(control, 'utf16le').toString('utf8'), control }
  },
}
