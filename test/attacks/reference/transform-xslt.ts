import type { Attack } from '../../support/attack.ts'
import { ids } from '../../support/dsig.ts'

export const attack: Attack = {
  misdeed:
    'an XSLT transform runs a program of the sender’s in the verifier and makes any content yield the signed digest',
  code: 'signature_algorithm',
  forge: ({ response }) => ({
    evil: response({
      signature: {
        digested: 'x',
        transforms: `<ds:Transform Algorithm="${ids.enveloped}"></ds:Transform>${xslt}`,
      },
    }),
    control: response(),
  }),
}

const xslt =
  '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116">' +
  '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0">' +
  '<xsl:template match="/">x</xsl:template></xsl:stylesheet></ds:Transform>'
