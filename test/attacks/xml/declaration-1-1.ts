import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the message declares XML 1.1, where other characters are legal and other line ends become one',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    return { evil: `<?xml version="1.1"?>${signed}`, control: `<?xml version="1.0"?>${signed}` }
  },
}
