import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'an Object with SignatureProperties that nothing covers is added to a good signature',
  code: 'signature_layout',
  forge: ({ response }) => {
    const good = response()
    return { evil: swap(good, '</ds:Signature>', `${object}</ds:Signature>`), control: good }
  },
}

const object =
  '<ds:Object><ds:SignatureProperties><ds:SignatureProperty Target="#_signature">' +
  '<x xmlns="urn:example"></x></ds:SignatureProperty></ds:SignatureProperties></ds:Object>'
