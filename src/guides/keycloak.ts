// Keycloak, and the Red Hat build of it.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { letPeopleIn, metadataBrings, three, usualAttributes } from './steps.ts'

const theirs = labels.keycloak

/** The guide to Keycloak. */
export const keycloak: Guide = {
  id: 'keycloak',
  provider: 'keycloak',
  title: 'Keycloak',
  steps: [
    {
      title: 'Create the client',
      where: 'Admin Console > the realm > *Clients* > *Create client*',
      text: '*Client type* is *SAML*. Then *Next*.',
      fields: [{ theirs: theirs.entityId, ours: 'entity_id' }],
    },
    {
      title: 'Give it our addresses',
      where: '*Login settings*',
      text: 'Then *Save*.',
      fields: [
        { theirs: 'Home URL', ours: 'login_url' },
        { theirs: theirs.acs, ours: 'acs_url' },
        { theirs: 'Master SAML Processing URL', ours: 'acs_url' },
      ],
    },
    {
      title: 'Set who is named',
      where: 'The client > *Settings* > *SAML capabilities*',
      text: 'Leave *Force POST binding* and *Include AuthnStatement* on.',
      fields: [
        { theirs: 'Name ID format', choose: 'persistent' },
        { theirs: 'Force name ID format', choose: 'On' },
      ],
    },
    {
      title: 'Sign',
      where: 'The client > *Settings* > *Signature and Encryption*',
      text: '*Save* afterwards.',
      fields: [
        { theirs: 'Sign documents', choose: 'On' },
        { theirs: 'Sign assertions', choose: 'On' },
        { theirs: 'Signature algorithm', choose: 'RSA_SHA256' },
      ],
    },
    {
      title: 'Give it our certificate',
      where: 'The client > *Keys* > *Import key*',
      text: 'Our requests are signed, and Keycloak checks that. Choose *Certificate PEM* and the file with this certificate. With `sign_requests` of this connection off, switch *Client signature required* off instead.',
      fields: [{ theirs: 'Import file', ours: 'certificate' }],
    },
    {
      title: 'Send attributes',
      where: 'The client > *Client scopes* > its *-dedicated* scope > *Add mapper* > *By configuration*',
      text: 'Three times *User Attribute*, then *Group list* with *Full group path* off.',
      attributes: usualAttributes({
        email: 'User Attribute, email',
        given: 'User Attribute, firstName',
        family: 'User Attribute, lastName',
        groups: 'Group list',
      }),
    },
    {
      title: 'Copy the metadata address',
      where: '*Realm settings* > *General* > *Endpoints*',
      gives: [{ theirs: theirs.metadata, ours: 'metadata_url' }],
    },
    {
      title: 'Or copy the three values',
      where: 'The same metadata; the certificate under *Realm settings* > *Keys* > *RS256*',
      text: 'The certificate has no BEGIN and END lines: that is fine. The one on the client’s *Keys* tab is not the realm’s.',
      gives: three(theirs),
    },
    letPeopleIn('keycloak'),
  ],
  name: 'An id that Keycloak makes for each person and client, and that stays. Without this step it is the username.',
  certificates: `The realm’s key lasts ten years. A new key provider with a higher *Priority* signs at once; the old one stays in the metadata. ${metadataBrings} To be safe, add the new provider with a lower priority first and raise it a day later.`,
  notes: [
    'Roles come under the name `Role`, one attribute each. That is fine; map them with `"groups": ["Role"]` if you want them.',
  ],
  fixes: [
    {
      problem: 'Keycloak says *Invalid requester*',
      fix: 'It cannot check the signature of our request: import our certificate under *Keys*, or switch *Client signature required* off.',
    },
    {
      problem: 'Keycloak says *Invalid redirect uri*',
      fix: 'Our ACS URL is not among *Valid redirect URIs*.',
    },
    {
      problem: 'Keycloak does not find the client',
      fix: '*Client ID* is not exactly our entity ID.',
    },
    {
      problem: 'Sign-ins are refused as over',
      fix: 'Its assertions live for a minute: set the clocks of both servers by NTP.',
    },
    {
      problem: 'Groups begin with a slash',
      fix: 'Switch *Full group path* of the mapper *Group list* off.',
    },
  ],
}
