import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the declaration names two encodings, of which a gate reads the first and a lenient parser the last',
  code: ['xml_forbidden', 'xml_malformed'],
  forge: ({ response }) => {
    const signed = response({ nameId: 'andré' })
    return {
      evil: `<?xml version="1.0" encoding="UTF-8" encoding="ISO-8859-1"?>${signed}`,
      control: `<?xml version="1.0" encoding="UTF-8"?>${signed}`,
    }
  },
}
