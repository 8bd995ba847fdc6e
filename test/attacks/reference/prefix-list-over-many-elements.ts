import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed:
    'a stranger puts 4,000 elements under a list of twenty thousand prefixes, each of which is looked up for each element',
  code: 'schema_invalid',
  forge: ({ stranger, response }) => ({
    evil: response({ signature: { method, key: stranger.privateKey } }),
    control: response(),
  }),
}

const prefixes = Array.from({ length: 20_000 }, (_, at) => at.toString(36).padStart(4, 'p')).join(' ')
const list =
  `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="${prefixes}">` +
  `${'<ec:e></ec:e>'.repeat(4000)}</ec:InclusiveNamespaces>`
const method = `<ds:CanonicalizationMethod Algorithm="${ids.exclusive}">${list}</ds:CanonicalizationMethod>`
