import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'a stranger sends 500 References without Transforms, each of which a verifier would digest (40 s in one library)',
  code: 'xml_limits',
  forge: ({ stranger, response }) => {
    const many = (reference: string) => swap(reference, /<ds:Transforms>.*<\/ds:Transforms>/s, '').repeat(500)
    const signedInfo = (text: string) => swap(text, /<ds:Reference .*<\/ds:Reference>/s, many)
    return { evil: response({ signature: { signedInfo, key: stranger.privateKey } }), control: response() }
  },
}
