import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'the message declares UTF-7 and holds markup written in it, which looks like plain letters to a gate',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const hidden =
      '<samlp:StatusMessage>+ADwAIQ-ENTITY e SYSTEM +ACI-http://sink.example/+ACIAPg-</samlp:StatusMessage>'
    const signed = before(response(), '</samlp:Status>', hidden)
    return {
      evil: `<?xml version="1.0" encoding="UTF-7"?>${signed}`,
      control: `<?xml version="1.0" encoding="utf-8"?>${signed}`,
    }
  },
}
