import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'a stranger sends 500 transforms, each of which canonicalises the message again',
  code: 'xml_limits',
  forge: ({ stranger, response }) => {
    const many = `<ds:Transform Algorithm="${ids.exclusive}"></ds:Transform>`.repeat(500)
    const signedInfo = (text: string) => swap(text, '</ds:Transforms>', `${many}</ds:Transforms>`)
    return { evil: response({ signature: { signedInfo, key: stranger.privateKey } }), control: response() }
  },
}
