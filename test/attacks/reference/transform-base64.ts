import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'a base64 transform digests only the decoded text of the assertion, without any of its elements',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      signature: { transforms: [ids.enveloped, 'http://www.w3.org/2000/09/xmldsig#base64'].map(transform).join('') },
    }),
    control: response(),
  }),
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
