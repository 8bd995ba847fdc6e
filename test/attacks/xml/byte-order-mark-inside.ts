import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'a byte order mark stands after the XML declaration, where it is text before the root that a lenient parser swallows',
  code: ['xml_malformed', 'xml_forbidden'],
  forge: ({ response }) => {
    const signed = response()
    return { evil: `<?xml version="1.0"?>\ufeff${signed}`, control: `\ufeff<?xml version="1.0"?>${signed}` }
  },
}
