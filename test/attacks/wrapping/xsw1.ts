import type { Attack } from '../../support/attack.ts'

export const attack: Attack = {
  misdeed: 'a forged Response carries the signed one inside the Object of its copied Signature (XSW 1)',
  code: ['signature_layout', 'response_layout'],
  forge: ({ parts, response }) => {
    const good = parts({ sign: 'response' })
    const signed = response(good)
    const signature = /<ds:Signature .*?<\/ds:Signature>/s.exec(signed)?.[0] ?? ''
    const original = signed.replace(signature, '')
    const wrapper = signature.replace('</ds:Signature>', `<ds:Object>${original}</ds:Object></ds:Signature>`)
    const forged = response({ ...good, sign: 'none', responseId: '_forged', nameId: 'admin', assertionId: '_forged2' })
    return { evil: forged.replace('<samlp:Status>', `${wrapper}<samlp:Status>`), control: signed }
  },
}
