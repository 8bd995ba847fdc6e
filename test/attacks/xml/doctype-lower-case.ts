import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'the DOCTYPE is written in small letters as in HTML, for whoever searches for capitals',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signed = response()
    return { evil: `<!doctype r [<!ENTITY e "x">]>${signed}`, control: signed }
  },
}
