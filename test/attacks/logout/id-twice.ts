import type { LogoutAttack } from '../../support/logout-attacks.ts'

export const attack: LogoutAttack = {
  misdeed: 'an ID stands twice',
  code: 'duplicate_id',
  forge: stage => ({
    evil: stage.form({
      edit: xml =>
        xml.replace(
          /( ID="[^"]+")(.*)<saml:NameID/s,
          '$1$2<samlp:Extensions><x:a xmlns:x="urn:x"$1></x:a></samlp:Extensions><saml:NameID',
        ),
    }),
    control: stage.form(),
  }),
}
