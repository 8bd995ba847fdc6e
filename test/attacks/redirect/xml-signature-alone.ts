import { join, logoutXml, signedParts } from '../../support/logout.ts'
import { type LogoutAttack, query } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'the message is signed inside and the query is not',
  code: 'signature_missing',
  forge: stage => {
    const xml = logoutXml(stage.idp, stage.logout(), true)
    const signed = signedParts(stage.idp, 'SAMLRequest', xml)
    return { evil: query(`${signed.message}&${signed.relayState}`), control: query(join(signed)) }
  },
}
