import type { Attack } from '../../support/attack.ts'
import { inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'an element of another namespace in Extensions, ahead of everything, carries the ID of the Response',
  code: 'duplicate_id',
  forge: ({ parts, response }) => {
    const p = parts()
    const signed = response(p)
    const decoy = (id: string) => `<x:decoy xmlns:x="urn:evil" ID="${id}"></x:decoy>`
    return { evil: inExtensions(signed, decoy(p.responseId)), control: inExtensions(signed, decoy('_other')) }
  },
}
