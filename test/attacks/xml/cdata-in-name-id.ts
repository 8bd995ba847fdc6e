import type { Attack } from '../../support/attack.ts'
import { swap } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a CDATA section hides a comment in the signed name, for whoever drops comments after joining the text',
  code: 'signature_digest',
  forge: ({ response }) => {
    const signed = response({ nameId: 'admin.evil' })
    return {
      evil: swap(signed, '>admin.evil<', '>admin<![CDATA[<!--.evil-->]]><'),
      control: swap(signed, '>admin.evil<', '>admin<![CDATA[.evil]]><'),
    }
  },
}
