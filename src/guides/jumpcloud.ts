// JumpCloud.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { letPeopleIn, metadataBrings, namedByEmail, three, usualAttributes } from './steps.ts'

const theirs = labels.jumpcloud

/** The guide to JumpCloud. */
export const jumpCloud: Guide = {
  id: 'jumpcloud',
  provider: 'jumpcloud',
  title: 'JumpCloud',
  steps: [
    {
      title: 'Add the application',
      where: '*Access* > *SSO Applications* > *Add New Application* > *Custom Application*',
      text: 'Choose *Manage Single Sign-On (SSO)* with *Configure SSO with SAML*, fill in *Display Label*, then *Save Application* and *Configure Application*.',
    },
    {
      title: 'Name the provider',
      where: 'The application > *SSO*',
      text: 'It may be any text. Take one that nobody else uses, such as this:',
      fields: [{ theirs: theirs.issuer, value: 'jumpcloud:{entity_id}' }],
    },
    {
      title: 'Give it our addresses',
      where: 'The application > *SSO*',
      fields: [
        { theirs: theirs.entityId, ours: 'entity_id' },
        { theirs: `${theirs.acs} > Default URL`, ours: 'acs_url' },
        { theirs: 'Login URL', ours: 'login_url' },
      ],
    },
    {
      title: 'Set what is sent',
      where: 'The application > *SSO*',
      text: 'Tick *Declare Redirect Endpoint*. Older consoles have no *Sign*: tick *Sign Assertion* there.',
      fields: [
        { theirs: 'SAMLSubject NameID', choose: 'email' },
        { theirs: 'SAMLSubject NameID Format', choose: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' },
        { theirs: 'Signature Algorithm', choose: 'RSA-SHA256' },
        { theirs: 'Sign', choose: 'Assertion' },
      ],
    },
    {
      title: 'Send attributes',
      where: 'The application > *SSO* > *Attributes*',
      text: 'For groups tick *include group attribute* and keep its name. *Save* afterwards.',
      attributes: [
        ...usualAttributes({ email: 'email', given: 'firstname', family: 'lastname' }),
        { from: 'include group attribute', name: 'memberOf', claim: 'groups' },
      ],
    },
    { ...letPeopleIn('jumpcloud'), where: 'The application > *User Groups*' },
    {
      title: 'Copy the metadata address',
      where: 'The application > *SSO*',
      text: 'Only after the application was saved and activated: before that, it holds no certificate.',
      gives: [{ theirs: theirs.metadata, ours: 'metadata_url' }],
    },
    {
      title: 'Or copy the three values',
      where: 'The application > *SSO*, and *IDP Certificate Valid* at its left',
      gives: three(theirs),
    },
  ],
  name: namedByEmail,
  certificates: `Each application has its own, for five years. *IDP Certificate Valid* > *Regenerate certificate* replaces it at once. ${metadataBrings}`,
  notes: ['Of the groups, those come that are bound to the application, and no others.'],
  fixes: [
    {
      problem: 'The issuer does not fit',
      fix: 'It is what was typed as *IdP Entity ID*, to the letter.',
    },
    {
      problem: 'JumpCloud denies access',
      fix: 'No group of the person is ticked under *User Groups*. Single persons cannot be assigned.',
    },
    {
      problem: 'The metadata has no certificate',
      fix: 'It was copied before the application was activated: copy it again.',
    },
  ],
}
