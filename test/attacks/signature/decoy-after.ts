import type { Attack } from '../../support/attack.ts'
import { signatureIn, swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a copy of the assertion’s signature stands after it, in KeyInfo, which no signature covers',
  code: 'signature_layout',
  forge: ({ response }) => {
    const good = response()
    const copy = swap(signatureIn(good), /<ds:KeyInfo>.*<\/ds:KeyInfo>/s, '')
    const wrapped = `<x xmlns="urn:example">${copy}</x>`
    return { evil: swap(good, '</ds:KeyInfo>', `${wrapped}</ds:KeyInfo>`), control: good }
  },
}
