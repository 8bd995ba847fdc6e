import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'a comment splits a name that was signed with its comments: readers of the first text see another person',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const signature = { transforms: [ids.enveloped, `${ids.exclusive}WithComments`].map(transform).join('') }
    const subject = (name: string) =>
      response({ signature, nameId: 'NAME', attributes: { email: ['alice@acme.example'] } }).replace('NAME', name)
    return { evil: subject('admin<!---->.mallory'), control: response({ signature }) }
  },
}

const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`
