// Microsoft Entra ID.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { letPeopleIn, metadataBrings, three } from './steps.ts'

const theirs = labels['entra-id']
const ws = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

/** The guide to Microsoft Entra ID. */
export const entraId: Guide = {
  id: 'entra-id',
  provider: 'entra-id',
  title: 'Microsoft Entra ID',
  steps: [
    {
      title: 'Create the application',
      where:
        '*entra.microsoft.com* > *Entra ID* > *Enterprise apps* > *New application* > *Create your own application*',
      text: 'Give it a name, choose *Integrate any other application you don’t find in the gallery (Non-gallery)*, then *Create*.',
    },
    { title: 'Choose SAML', where: 'The application > *Manage* > *Single sign-on*', text: 'Choose *SAML*.' },
    {
      title: 'Give it our addresses',
      where: '*Basic SAML Configuration* > *Edit*',
      text: '*Sign on URL* may stay empty; with it, the tile in *My Apps* begins here, as it should.',
      fields: [
        { theirs: theirs.entityId, ours: 'entity_id' },
        { theirs: theirs.acs, ours: 'acs_url' },
        { theirs: 'Sign on URL (Optional)', ours: 'login_url' },
      ],
    },
    {
      title: 'Set who is named',
      where: '*Attributes & Claims* > *Edit* > *Unique User Identifier (Name ID)*',
      fields: [
        { theirs: 'Name identifier format', choose: 'Persistent' },
        { theirs: 'Source attribute', choose: 'user.objectid' },
      ],
    },
    {
      title: 'Leave the attributes as they are',
      where: '*Attributes & Claims*',
      text: 'These are sent from the start:',
      attributes: [
        { from: 'user.mail', name: `${ws}/emailaddress`, claim: 'email' },
        { from: 'display name', name: 'http://schemas.microsoft.com/identity/claims/displayname', claim: 'name' },
        { from: 'user.givenname', name: `${ws}/givenname`, claim: 'given_name' },
        { from: 'user.surname', name: `${ws}/surname`, claim: 'family_name' },
      ],
    },
    {
      title: 'Send groups, if roles depend on them',
      where: '*Attributes & Claims* > *Edit* > *Add a group claim*',
      text: 'Choose *Groups assigned to the application*. They come as object IDs, unless you choose another *Source attribute*.',
      attributes: [
        {
          from: 'groups',
          name: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
          claim: 'groups',
        },
      ],
    },
    {
      title: 'Copy the metadata address',
      where: '*SAML Certificates*',
      gives: [{ theirs: theirs.metadata, ours: 'metadata_url' }],
    },
    {
      title: 'Or copy the three values',
      where: '*SAML Certificates*, and *Set up* below it',
      text: 'Download the certificate that is *Active* and open it in a text editor. The issuer ends with a slash.',
      gives: three(theirs),
    },
    letPeopleIn('entra-id'),
  ],
  name: 'The object ID, which never changes. Without this step it is the user principal name, which changes when somebody marries or moves.',
  certificates: `A certificate lasts three years; mails come 60, 30 and 7 days before its end. *SAML Certificates* > *Edit* > *New Certificate* makes an inactive one, *Make certificate active* switches. The metadata lists both from the beginning. ${metadataBrings}`,
  notes: [
    'Our field *Sign on URL* takes their *Login URL*. Their own *Sign on URL* is an address of ours.',
    'For single logout, put our logout URL ({slo_url}) into *Logout URL* of *Basic SAML Configuration*.',
  ],
  fixes: [
    {
      problem: 'The issuer does not fit',
      fix: 'Copy *Microsoft Entra Identifier* again, with the slash at its end. If *Append application ID to issuer* is on under *Attributes & Claims* > *Advanced SAML claims options*, the issuer ends with that ID too.',
    },
    {
      problem: 'No certificate fits',
      fix: 'The metadata address must end with `?appid=` and the ID of this application: the one of the whole tenant lists other certificates.',
    },
    {
      problem: 'The e-mail address is missing',
      fix: 'The person’s *Email* in Entra ID is empty. Fill it in, or take `user.userprincipalname` as the source of that claim.',
    },
    {
      problem: 'Groups are missing for people in many of them',
      fix: 'Above 150 groups, a link comes in their place. Choose *Groups assigned to the application*.',
    },
  ],
}
