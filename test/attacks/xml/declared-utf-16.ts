import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the message declares UTF-16 and is none, for a parser that believes it where the gate before did not',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    return {
      evil: `<?xml version="1.0" encoding="UTF-16"?>${signed}`,
      control: `<?xml version="1.0" encoding="UTF-8"?>${signed}`,
    }
  },
}
