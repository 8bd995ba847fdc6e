import type { Attack } from '../../support/attack.ts'
import { before } from '../../support/splice.ts'

export const attack: Attack = {
  misdeed: 'a processing instruction stands between the elements of the Response, outside what is signed',
  code: 'xml_forbidden',
  forge: ({ response }) => {
    const control = response()
    return { evil: before(control, '<samlp:Status>', '<?php exit; ?>'), control }
  },
}
