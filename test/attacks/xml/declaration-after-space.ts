import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the XML declaration comes after an empty line, where it is an instruction to one parser and a declaration to another',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const declared = `<?xml version="1.0" encoding="UTF-8"?>${response()}`
    return { evil: `\n${declared}`, control: declared }
  },
}
