import type { LogoutAttack } from '../../support/logout-attacks.ts'

const tags = (many: number) =>
  `<samlp:Extensions><x:a xmlns:x="urn:x">${'<x:b></x:b>'.repeat(many)}</x:a></samlp:Extensions>`

export const attack: LogoutAttack = {
  misdeed: 'an identity provider signs five hundred tags of its own, for the second verifier to go through',
  code: 'xml_limits',
  forge: stage => ({ evil: stage.form({ extensions: tags(250) }), control: stage.form({ extensions: tags(20) }) }),
}
