import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed:
    'the signed Response has an empty ID and the Reference an empty URI, so that whatever is the document is signed',
  code: 'schema_invalid',
  forge: ({ response }) => ({
    evil: response({ sign: 'response', responseId: '', signature: { uri: '' } }),
    control: response({ sign: 'response', responseId: '_r' }),
  }),
}
