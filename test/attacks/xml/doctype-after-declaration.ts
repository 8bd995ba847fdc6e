import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the DOCTYPE stands after a byte order mark, an XML declaration and empty lines, for whoever looks at the start only',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    const start = '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n\n'
    return { evil: `${start}<!DOCTYPE r SYSTEM "http://sink.example/r.dtd">${signed}`, control: start + signed }
  },
}
