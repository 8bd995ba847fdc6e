import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed:
    'a stranger lists fifty thousand prefixes for the SignedInfo, which is canonicalised before its signature is checked',
  code: ['schema_invalid', 'signature_layout'],
  forge: ({ stranger, response }) => ({
    evil: response({ signature: { method, key: stranger.privateKey } }),
    control: response(),
  }),
}

const prefixes = Array.from({ length: 50_000 }, (_, at) => at.toString(36).padStart(4, 'p')).join(' ')
const list = `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="${prefixes}"></ec:InclusiveNamespaces>`
const method = `<ds:CanonicalizationMethod Algorithm="${ids.exclusive}">${list}</ds:CanonicalizationMethod>`
