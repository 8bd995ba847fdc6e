import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a DOCTYPE names a public identifier, for a parser that resolves it by a catalog or fetches it',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    return { evil: `<!DOCTYPE r PUBLIC "-//EVIL//DTD R//EN" "http://sink.example/r.dtd">${signed}`, control: signed }
  },
}
