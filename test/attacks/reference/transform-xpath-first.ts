import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed: 'an XPath transform that takes out all signatures stands where the enveloped-signature transform belongs',
  code: 'signature_layout',
  forge: ({ response }) => ({
    evil: response({
      signature: { transforms: `${xpath}<ds:Transform Algorithm="${ids.exclusive}"></ds:Transform>` },
    }),
    control: response(),
  }),
}

const xpath =
  '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">' +
  '<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>'
