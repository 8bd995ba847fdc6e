// Google Workspace and Cloud Identity.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { addBefore, letPeopleIn, namedByEmail, three, usualAttributes } from './steps.ts'

const theirs = labels.google

/** The guide to Google Workspace. */
export const google: Guide = {
  id: 'google',
  provider: 'google',
  title: 'Google Workspace',
  steps: [
    {
      title: 'Add the application',
      where: '*admin.google.com* > *Apps* > *Web and mobile apps* > *Add app* > *Add custom SAML app*',
      text: 'Fill in *App name*, then *Continue*.',
    },
    {
      title: 'Save the metadata',
      where: '*Google Identity Provider details*, option 1',
      text: 'There is no metadata address, only this file.',
      gives: [{ theirs: theirs.metadata, ours: 'metadata_xml' }],
    },
    {
      title: 'Or copy the three values',
      where: '*Google Identity Provider details*, option 2',
      text: '*Continue* afterwards.',
      gives: three(theirs),
    },
    {
      title: 'Give it our addresses',
      where: '*Service provider details*',
      text: 'Capitals and small letters count.',
      fields: [
        { theirs: theirs.acs, ours: 'acs_url' },
        { theirs: theirs.entityId, ours: 'entity_id' },
      ],
    },
    {
      title: 'Set who is named',
      where: '*Service provider details*',
      text: '*Signed response* may stay unticked. *Continue* afterwards.',
      fields: [
        { theirs: 'Name ID format', choose: 'EMAIL' },
        { theirs: 'Name ID', choose: 'Basic Information > Primary email' },
      ],
    },
    {
      title: 'Send attributes',
      where: '*Attribute mapping*',
      text: 'Groups are under *Group membership (optional)*: name each that we need, at most 75. Then *Finish*.',
      attributes: usualAttributes({
        email: 'Primary email',
        given: 'First name',
        family: 'Last name',
        groups: 'Group membership',
      }),
    },
    letPeopleIn('google'),
  ],
  name: namedByEmail,
  certificates: `A certificate lasts five years, and an account has at most two. The new one is made by an administrator and chosen in each application. ${addBefore} There is no metadata address that would tell us.`,
  notes: [
    '*Entity ID* is there twice: under *Google Identity Provider details* it is our *Issuer*, under *Service provider details* it takes our entity ID.',
    'Our ACS URL must be https, or Google does not take it.',
    'There is no single logout and no encryption of assertions.',
  ],
  fixes: [
    {
      problem: 'Google says `app_not_configured`',
      fix: '*Entity ID* of *Service provider details* is not exactly ours.',
    },
    {
      problem: 'Google says `app_not_configured_for_user` or `app_not_enabled_for_user`',
      fix: 'Switch the application *ON* for the person under *User access* and wait: it can take a day. If it is on, the person is signed in to another Google account.',
    },
    {
      problem: 'Google says that the entity ID is there already',
      fix: 'Another application of the account has it: remove that one.',
    },
    {
      problem: 'A group is missing since it was renamed',
      fix: 'Groups go by name: enter the new one under *Group membership (optional)*.',
    },
  ],
}
