import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed:
    'the signature covers a Manifest that names the assertion: core validation does not check what a manifest lists',
  code: 'signature_layout',
  forge: ({ parts, response }) => {
    const p = parts()
    const reference =
      `<ds:Reference URI="#${p.assertionId}"><ds:DigestMethod Algorithm="${ids.digest.sha256}"></ds:DigestMethod>` +
      '<ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>'
    const manifest = `<ds:Manifest Id="_manifest">${reference}</ds:Manifest>`
    const signature = {
      uri: '#_manifest',
      digested: swap(manifest, ' Id', ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id'),
      transforms: `<ds:Transform Algorithm="${ids.exclusive}"></ds:Transform>`,
      after: (text: string) => swap(text, '</ds:Signature>', `<ds:Object>${manifest}</ds:Object></ds:Signature>`),
    }
    return { evil: response({ ...p, signature }), control: response(p) }
  },
}
