// OneLogin.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { addBefore, letPeopleIn, three, usualAttributes } from './steps.ts'

const theirs = labels.onelogin

/** The guide to OneLogin. */
export const oneLogin: Guide = {
  id: 'onelogin',
  provider: 'onelogin',
  title: 'OneLogin',
  steps: [
    {
      title: 'Add the application',
      where: '*Administration* > *Applications* > *Applications* > *Add App*',
      text: 'Search for *SAML Custom Connector (Advanced)*, choose it, fill in *Display Name*, then *Save*. The other tabs appear only now.',
    },
    {
      title: 'Give it our addresses',
      where: 'The application > *Configuration*',
      text: 'The validator is a regular expression; the others are plain addresses.',
      fields: [
        { theirs: theirs.entityId, ours: 'entity_id' },
        { theirs: 'Recipient', ours: 'acs_url' },
        { theirs: 'ACS (Consumer) URL Validator', ours: 'acs_url_pattern' },
        { theirs: theirs.acs, ours: 'acs_url' },
        { theirs: 'Login URL', ours: 'login_url' },
      ],
    },
    {
      title: 'Set what is sent',
      where: 'The application > *Configuration*',
      fields: [
        { theirs: 'SAML initiator', choose: 'Service Provider' },
        { theirs: 'SAML nameID format', choose: 'Email' },
        { theirs: 'SAML signature element', choose: 'Assertion' },
      ],
    },
    {
      title: 'Send attributes',
      where: 'The application > *Parameters* > *+*',
      text: 'Tick *Include in SAML assertion* for each. For groups tick *Multi-value parameter* too, or all of them come as one text.',
      attributes: usualAttributes({
        email: 'Email',
        given: 'First Name',
        family: 'Last Name',
        groups: 'User Roles',
      }),
    },
    {
      title: 'Sign by SHA-256',
      where: 'The application > *SSO*',
      text: 'It may stand on SHA-1, which we refuse. *Save* afterwards.',
      fields: [{ theirs: 'SAML Signature Algorithm', choose: 'SHA-256' }],
    },
    {
      title: 'Copy the metadata',
      where: 'The application > *More Actions*',
      text: 'What you save is a file.',
      gives: [{ theirs: theirs.metadata, ours: 'metadata_xml' }],
    },
    {
      title: 'Or copy the three values',
      where: 'The application > *SSO*',
      text: 'The certificate is under *View Details*: copy the whole PEM text. The issuer URL is at the same time the metadata address.',
      gives: three(theirs),
    },
    letPeopleIn('onelogin'),
  ],
  name: 'The e-mail address. For a name that stays, set the value of *NameID value* under *Parameters* to *OneLogin ID* and *SAML nameID format* to *Persistent*, before the first sign-in.',
  certificates: `One certificate serves many applications and lasts five years. A new one is made under *Security* > *Certificates* and chosen in each application: *SSO* > *X.509 Certificate* > *Change*. ${addBefore}`,
  fixes: [
    {
      problem: 'Sign-in fails at OneLogin without a clear message',
      fix: '*ACS (Consumer) URL Validator* does not match our ACS URL exactly. It wants `^`, every dot and slash escaped, and `$`.',
    },
    {
      problem: 'The signature algorithm is refused',
      fix: 'The application still signs by SHA-1: *SSO* > *SAML Signature Algorithm* > *SHA-256*.',
    },
    {
      problem: 'The recipient does not fit',
      fix: '*Recipient* is empty or another address. It wants our ACS URL as well.',
    },
    {
      problem: 'The audience is `{audience}`',
      fix: '*Audience (EntityID)* was left empty. It wants our entity ID.',
    },
  ],
}
