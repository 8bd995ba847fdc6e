// Okta.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { addBefore, letPeopleIn, three, usualAttributes } from './steps.ts'

const theirs = labels.okta

/** The guide to Okta. */
export const okta: Guide = {
  id: 'okta',
  provider: 'okta',
  title: 'Okta',
  steps: [
    {
      title: 'Create the application',
      where: 'Admin Console > *Applications* > *Applications* > *Create App Integration*',
      text: 'Choose *SAML 2.0*, then *Next*.',
    },
    { title: 'Name it', where: '*General Settings*', text: 'Fill in *App name*, then *Next*.' },
    {
      title: 'Give it our addresses',
      where: '*Configure SAML* > *SAML Settings*',
      text: 'Leave *Use this for Recipient URL and Destination URL* ticked.',
      fields: [
        { theirs: theirs.acs, ours: 'acs_url' },
        { theirs: theirs.entityId, ours: 'entity_id' },
      ],
    },
    {
      title: 'Set who is named',
      where: '*Configure SAML* > *SAML Settings*',
      fields: [
        { theirs: 'Name ID format', choose: 'Persistent' },
        { theirs: 'Application username', choose: 'Custom' },
        { theirs: 'The rule beside it', value: 'user.getInternalProperty("id")' },
      ],
    },
    {
      title: 'Send attributes',
      where: '*Configure SAML* > *Attribute Statements (optional)* and *Group Attribute Statements (optional)*',
      text: 'Where these are not shown, finish first; they are then on the application’s *Sign On* tab.',
      attributes: usualAttributes({
        email: 'user.email',
        given: 'user.firstName',
        family: 'user.lastName',
        groups: 'Matches regex .* (or a narrower filter)',
      }),
    },
    {
      title: 'Finish',
      where: '*Feedback*',
      text: 'Tick *This is an internal app that we have created*, then *Finish*.',
    },
    {
      title: 'Copy the metadata address',
      where: 'The application > *Sign On* > *Metadata details*',
      gives: [{ theirs: theirs.metadata, ours: 'metadata_url' }],
    },
    {
      title: 'Or copy the three values',
      where: 'The application > *Sign On* > *Metadata details* > *More details*',
      gives: three(theirs),
    },
    letPeopleIn('okta'),
  ],
  name: 'Okta’s own id of the person, which never changes. With *Application username* set to *Email*, people would be named by an address that can change.',
  certificates: `A certificate lasts ten years. *Sign On* > *SAML Signing Certificates* > *Generate new certificate* makes an inactive one; *Actions* > *Activate* switches at once. ${addBefore}`,
  notes: [
    'Our field *Sign on URL* takes their *Sign on URL* under *Sign On*. Their *Single sign-on URL* is our ACS URL.',
    'The issuer begins with `http://`, without an s. That is right.',
  ],
  fixes: [
    {
      problem: 'Okta says that the person is not assigned to the application',
      fix: 'Assign the person or a group under *Assignments*.',
    },
    {
      problem: 'Okta answers 404',
      fix: 'The sign-on URL is not the one under *More details*, or the application is not active.',
    },
    {
      problem: 'Groups are missing',
      fix: 'They are sent only when *Group Attribute Statements* has a filter that they match.',
    },
  ],
}
