// Duo Single Sign-On.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { addBefore, letPeopleIn, namedByEmail, three, usualAttributes } from './steps.ts'

const theirs = labels.duo

/** The guide to Duo Single Sign-On. */
export const duo: Guide = {
  id: 'duo',
  provider: 'duo',
  title: 'Duo Single Sign-On',
  steps: [
    {
      title: 'Add the application',
      where: 'Admin Panel > *Applications* > *Application Catalog* (older: *Protect an Application*)',
      text: 'Find *Generic SAML Service Provider* with the label *SSO*, then *Add* (older: *Protect*). *Single Sign-On* must have an authentication source already.',
    },
    {
      title: 'Copy the metadata address',
      where: '*Metadata*, at the top of the page',
      gives: [{ theirs: theirs.metadata, ours: 'metadata_url' }],
    },
    {
      title: 'Or copy the three values',
      where: '*Metadata*, and *Downloads* below it',
      gives: three(theirs),
    },
    {
      title: 'Give it our addresses',
      where: '*Service Provider*',
      text: 'Leave *Metadata Discovery* on *None (manual input)*.',
      fields: [
        { theirs: theirs.entityId, ours: 'entity_id' },
        { theirs: theirs.acs, ours: 'acs_url' },
        { theirs: 'Service Provider Login URL', ours: 'login_url' },
      ],
    },
    {
      title: 'Set what is sent',
      where: '*SAML Response*',
      text: 'Leave both boxes of *Signing options* ticked.',
      fields: [
        { theirs: 'NameID format', choose: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' },
        { theirs: 'NameID attribute', choose: '<Email Address>' },
        { theirs: 'Signature algorithm', choose: 'SHA256' },
      ],
    },
    {
      title: 'Send attributes',
      where: '*SAML Response* > *Map attributes*; for groups *Role attributes*',
      text: 'None are sent from the start. Under *Role attributes* name the attribute `groups` and add a line for each group that we need.',
      attributes: usualAttributes({
        email: '<Email Address>',
        given: '<First Name>',
        family: '<Last Name>',
        groups: 'Role attributes',
      }),
    },
    { ...letPeopleIn('duo'), text: `${letPeopleIn('duo').text} *Save* afterwards.` },
  ],
  name: namedByEmail,
  certificates: `Each application has its own. It is replaced by hand. ${addBefore}`,
  notes: [
    '*Entity ID* is there twice: under *Metadata* it is our *Issuer*, under *Service Provider* it takes our entity ID.',
    'The issuer is also the metadata address and contains `/sp/`. That is right.',
    'The old Duo Access Gateway is another product, made of SimpleSAMLphp: see that guide.',
  ],
  fixes: [
    {
      problem: 'Duo denies access',
      fix: 'Enable *User access* for a group of the person.',
    },
    {
      problem: 'Duo does not find the application',
      fix: '*Entity ID* under *Service Provider* is not exactly ours.',
    },
    {
      problem: 'There is no e-mail address and no name',
      fix: 'Fill *Map attributes*: it is empty at first.',
    },
  ],
}
