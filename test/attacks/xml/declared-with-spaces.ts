import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the message declares ISO-8859-1 with spaces around the equals sign, as XML allows, for a gate that knows one spelling',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response({ nameId: 'andré' })
    return {
      evil: `<?xml version="1.0" encoding = "ISO-8859-1"?>${signed}`,
      control: `<?xml version="1.0" encoding="UTF-8"?>${signed}`,
    }
  },
}
