import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'a comment, which canonicalisation drops, cuts another audience down to ours for whoever reads the first text node',
  code: 'xml_forbidden',
  forge: ({ sp, response }) => ({
    evil: response({ audience: `${sp.entityId}.evil.example` }).replace(
      `${sp.entityId}.evil`,
      `${sp.entityId}<!---->.evil`,
    ),
    control: response(),
  }),
}
