import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'a comment, which canonicalisation drops, cuts another issuer down to ours for whoever reads the first text node',
  code: 'xml_forbidden',
  forge: ({ idp, response }) => ({
    evil: response({ issuer: `${idp.issuer}.evil` }).replace(`${idp.issuer}.evil`, `${idp.issuer}<!---->.evil`),
    control: response(),
  }),
}
