import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed:
    'a stranger hides a thousand elements under a hundred namespaces in a PrefixList: canonicalising the SignedInfo costs seconds before its signature is checked',
  code: 'schema_invalid',
  forge: ({ stranger, response }) => ({
    evil: response({ signature: { method, inherited, transforms: transforms(hidden), key: stranger.privateKey } }),
    control: response({ signature: { method, inherited, transforms: transforms('') } }),
  }),
}

const names = (letter: string) =>
  Array.from({ length: 50 }, (_, at) => ` xmlns:${letter}${at}="urn:${letter}${at}"`).join('')
const hidden = `<ec:x${names('a')}><ec:x${names('b')}>${'<ec:x></ec:x>'.repeat(1000)}</ec:x></ec:x>`
const inherited =
  ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
const method = `<ds:CanonicalizationMethod Algorithm="${ids.inclusive}"></ds:CanonicalizationMethod>`
const transforms = (content: string) =>
  `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>` +
  `<ds:Transform Algorithm="${ids.exclusive}">` +
  `<ec:InclusiveNamespaces xmlns:ec="${ids.exclusive}" PrefixList="xs">${content}</ec:InclusiveNamespaces></ds:Transform>`
