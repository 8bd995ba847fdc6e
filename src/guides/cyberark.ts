// CyberArk Identity, formerly Idaptive and Centrify.

import type { Guide } from './guide.ts'
import { addBefore, namedByEmail, three, usualAttributes } from './steps.ts'

/** The guide to CyberArk Identity. */
export const cyberArk: Guide = {
  id: 'cyberark',
  provider: 'custom',
  title: 'CyberArk Identity',
  steps: [
    {
      title: 'Add the application',
      where: 'Identity Administration > *Apps & Widgets* > *Web Apps* > *Add Web Apps* > *Custom*',
      text: 'Beside *SAML* press *Add*, then *Yes* and *Close*. Fill in a name under *Settings*, then *Save*.',
    },
    {
      title: 'Copy the metadata address',
      where: 'The application > *Trust* > *Identity Provider Configuration* > *Metadata*',
      text: '*Copy URL* copies it.',
      gives: [{ theirs: 'URL', ours: 'metadata_url' }],
    },
    {
      title: 'Or copy the three values',
      where: 'The application > *Trust* > *Identity Provider Configuration* > *Manual Configuration*',
      gives: three({
        signOnUrl: 'Single Sign On URL',
        issuer: 'IdP Entity ID / Issuer',
        certificate: 'Signing Certificate > Download',
      }),
    },
    {
      title: 'Give it our addresses',
      where: 'The application > *Trust* > *Service Provider Configuration* > *Manual Configuration*',
      text: 'For *Recipient* leave *Same as ACS URL* ticked.',
      fields: [
        { theirs: 'SP Entity ID / Issuer / Audience', ours: 'entity_id' },
        { theirs: 'Assertion Consumer Service (ACS) URL', ours: 'acs_url' },
      ],
    },
    {
      title: 'Set what is sent',
      where: 'The application > *Trust* > *Service Provider Configuration*',
      text: '*Save* afterwards.',
      fields: [
        { theirs: 'Sign Response or Assertion?', choose: 'Both' },
        { theirs: 'NameID Format', choose: 'emailAddress' },
      ],
    },
    {
      title: 'Send attributes',
      where: 'The application > *SAML Response* > *Attributes*',
      attributes: usualAttributes({
        email: 'LoginUser.Email',
        given: 'LoginUser.FirstName',
        family: 'LoginUser.LastName',
        groups: 'LoginUser.GroupNames',
      }),
    },
    {
      title: 'Take the name from the e-mail address',
      where: 'The application > *Account Mapping*',
      fields: [{ theirs: 'Directory Service Field', value: 'mail' }],
    },
    {
      title: 'Let people in',
      where: 'The application > *Permissions* > *Add*',
      text: 'Add people, groups or roles with *Run* ticked, then *Save*.',
    },
  ],
  name: namedByEmail,
  certificates: `The application signs by the tenant’s default certificate or by one that is chosen under *Signing Certificate*. It is replaced by hand. ${addBefore}`,
  notes: [
    '*Issuer* is there twice: under *Identity Provider Configuration* it is our *Issuer*, under *Service Provider Configuration* it takes our entity ID.',
  ],
  fixes: [
    {
      problem: 'The signature algorithm is refused',
      fix: 'Old tenants sign by SHA-1: choose *Default Certificate (SHA256)* under *Signing Certificate* and copy that one to us.',
    },
    {
      problem: 'The issuer does not fit',
      fix: 'It can be edited under *Identity Provider Configuration*. Copy it as it stands there now.',
    },
    {
      problem: 'Something else arrives than what was set',
      fix: 'A script under *SAML Response* can change anything: look there.',
    },
  ],
}
