import type { Attack } from '../../support/attack.ts'
import { inExtensions } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'eighty-four kilobytes of empty elements fill Extensions, over which xml-crypto alone takes three seconds',
  code: 'xml_limits',
  forge: ({ response }) => {
    const signed = response()
    const filled = (count: number) => inExtensions(signed, `<x:n xmlns:x="urn:x">${'<a/>'.repeat(count)}</x:n>`)
    return { evil: filled(21_000), control: filled(100) }
  },
}
