import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the message declares ISO-8859-1, so that a name of two bytes reads as another name of two letters',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response({ nameId: 'andré' })
    return {
      evil: `<?xml version="1.0" encoding="ISO-8859-1"?>${signed}`,
      control: `<?xml version="1.0" encoding="UTF-8"?>${signed}`,
    }
  },
}
