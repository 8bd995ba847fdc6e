import type { Attack } from '../../support/attack.ts'
import { signatureOf } from '../../support/dsig.ts'
import { swap } from '../../support/tamper.ts'

export const attack: Attack = {
  misdeed: 'the signature covers only the Subject, which was given an ID for that: conditions and audience are open',
  code: 'schema_invalid',
  forge: ({ idp, parts, assertion, response }) => {
    const p = parts({ sign: 'none' })
    const bare = swap(assertion(p), '<saml:Subject>', '<saml:Subject ID="_subject">')
    const subject = /<saml:Subject .*<\/saml:Subject>/s.exec(bare)?.[0] ?? ''
    const digested = swap(subject, '<saml:Subject ', `<saml:Subject xmlns:saml="${saml}" `)
    const signature = signatureOf(idp, digested, '_subject')
    return {
      evil: response(p, swap(bare, '<saml:Subject ', `${signature}<saml:Subject `)),
      control: response({ ...p, sign: 'assertion' }),
    }
  },
}

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
