import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the XML declaration holds what none may hold, and a gate that takes it off hides that from the parser',
  code: ['xml_forbidden', 'xml_malformed'],
  forge: ({ response }) => {
    const signed = response()
    return {
      evil: `<?xml version="1.0" href="http://sink.example/x.xsl" standalone="maybe"?>${signed}`,
      control: `<?xml version="1.0" standalone="yes"?>${signed}`,
    }
  },
}
