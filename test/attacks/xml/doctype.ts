import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a DOCTYPE with an internal subset stands before the Response, which is where every entity attack begins',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    return { evil: `<!DOCTYPE r [<!ELEMENT r ANY>]>${signed}`, control: signed }
  },
}
