import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'the transform is canonical XML 1.1, valid here, which our two verifiers do not share',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      sign: 'response',
      signature: { transforms: [ids.enveloped, 'http://www.w3.org/2006/12/xml-c14n11'].map(transform).join('') },
    }),
    control: response({
      sign: 'response',
      signature: { transforms: [ids.enveloped, ids.inclusive].map(transform).join('') },
    }),
  }),
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
