// The two products of Ping Identity: PingOne in the cloud, PingFederate on a server of one's own.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { addBefore, letPeopleIn, metadataBrings, namedByEmail, three } from './steps.ts'

const one = labels.pingone
const federate = labels.pingfederate

/** The guide to PingOne. */
export const pingOne: Guide = {
  id: 'pingone',
  provider: 'pingone',
  title: 'PingOne',
  steps: [
    {
      title: 'Add the application',
      where: '*Applications* > *Applications* (older: *Connections* > *Applications*) > *+*',
      text: 'Fill in *Application Name*, choose *SAML Application*, then *Configure*.',
    },
    {
      title: 'Give it our addresses',
      where: '*SAML Configuration* > *Manually Enter*',
      text: '*Save* afterwards. *Import From URL* with our metadata URL fills in the same.',
      fields: [
        { theirs: one.acs, ours: 'acs_url' },
        { theirs: one.entityId, ours: 'entity_id' },
      ],
    },
    {
      title: 'Send attributes',
      where: 'The application > *Attribute Mappings* > *Edit*',
      text: 'Leave `saml_subject` on *User ID*, and add:',
      attributes: [
        { from: 'Email Address', name: 'email', claim: 'email' },
        { from: 'Given Name', name: 'given_name', claim: 'given_name' },
        { from: 'Family Name', name: 'family_name', claim: 'family_name' },
        { from: 'Group Names', name: 'groups', claim: 'groups' },
      ],
    },
    {
      title: 'Say what the name is',
      where: 'The application > *Configuration* > *Edit*',
      fields: [{ theirs: 'Subject NameID Format', choose: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' }],
    },
    {
      title: 'Copy the metadata address',
      where: 'The application > *Configuration*',
      gives: [{ theirs: one.metadata, ours: 'metadata_url' }],
    },
    {
      title: 'Or copy the three values',
      where: 'The application > *Configuration*',
      text: 'The certificate is under *Download Signing Certificate*. *Initiate Single Sign-On URL* is not the sign-on URL.',
      gives: three(one),
    },
    letPeopleIn('pingone'),
  ],
  name: 'PingOne’s own id of the person, which never changes.',
  certificates: `The environment’s default key signs, or one that you choose under *Signing Key*. How long it lasts was decided when it was made. Another key signs as soon as it is chosen. ${addBefore}`,
  fixes: [
    {
      problem: 'PingOne shows an error before anybody can sign in',
      fix: 'A new application is off: switch it on at the top right. If it is on, compare *Entity ID* and *ACS URLs* with ours.',
    },
    {
      problem: 'Every sign-in is refused because it answers no request',
      fix: 'The sign-on URL is *Initiate Single Sign-On URL* (`/startsso`). Copy *Single Signon Service* (`/saml20/idp/sso`).',
    },
    {
      problem: 'People are signed out after a minute or an hour',
      fix: 'The session lasts as long as the assertion unless it is said otherwise: raise *Assertion Validity Duration*.',
    },
  ],
}

/** The guide to PingFederate. */
export const pingFederate: Guide = {
  id: 'pingfederate',
  provider: 'pingfederate',
  title: 'PingFederate',
  steps: [
    {
      title: 'Create the connection',
      where: '*Applications* > *Integration* > *SP Connections* > *Create Connection*',
      text: 'Use no template. Choose *Browser SSO Profiles* with *SAML 2.0*, then *Browser SSO*.',
    },
    {
      title: 'Name us',
      where: '*Import Metadata*, then *General Info*',
      text: 'Choose *None* for the metadata. *Connection Name* is as you like.',
      fields: [{ theirs: federate.entityId, ours: 'entity_id' }],
    },
    {
      title: 'Let sign-in begin here',
      where: '*Browser SSO* > *Configure Browser SSO* > *SAML Profiles*',
      text: 'Tick *SP-Initiated SSO*. *Assertion Lifetime* stays at 5 and 5 minutes.',
    },
    {
      title: 'Send attributes',
      where: '*Browser SSO* > *Assertion Creation*',
      text: 'Choose *Standard*. `SAML_SUBJECT` takes the format `urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress`. Add the others to the *Attribute Contract*, then map all of them from your adapter.',
      attributes: [
        { from: 'the mail of your directory', name: 'email', claim: 'email' },
        { from: 'the given name', name: 'firstname', claim: 'given_name' },
        { from: 'the surname', name: 'lastname', claim: 'family_name' },
        { from: 'the groups', name: 'group', claim: 'groups' },
      ],
    },
    {
      title: 'Give it our address',
      where: '*Browser SSO* > *Protocol Settings* > *Assertion Consumer Service URL*',
      text: 'Mark it as *Default*.',
      fields: [
        { theirs: 'Binding', choose: 'POST' },
        { theirs: federate.acs, ours: 'acs_url' },
      ],
    },
    {
      title: 'Choose how messages travel',
      where: '*Browser SSO* > *Protocol Settings*',
      text: 'Under *Allowable SAML Bindings* leave *POST* and *Redirect*. Under *Signature Policy* tick *Always Sign Assertion*. Under *Encryption Policy* choose *None*.',
    },
    {
      title: 'Choose the signing key',
      where: '*Credentials* > *Digital Signature Settings*',
      fields: [{ theirs: 'Signing Algorithm', choose: 'RSA SHA256' }],
    },
    { title: 'Switch it on', where: '*Activation & Summary*', text: 'Switch the connection on, then *Save*.' },
    {
      title: 'Export the metadata',
      where: '*System* > *Protocol Metadata*',
      text: 'Export it for this connection, with the certificate that signs. If your server can be reached from here, there is an address as well: `https://{your host}/pf/federation_metadata.ping?PartnerSpId=` and our entity ID, percent-encoded.',
      gives: [
        { theirs: federate.metadata, ours: 'metadata_xml' },
        { theirs: 'the address', ours: 'metadata_url' },
      ],
    },
    {
      title: 'Or copy the three values',
      where:
        '*System* > *Server* > *Protocol Settings* > *Federation Info*; *Security* > *Signing & Decryption Keys & Certificates*',
      text: 'The sign-on URL has no screen: it is `https://`, the public host, its port unless 443, and `/idp/SSO.saml2`. The certificate is under *Export*.',
      gives: three(federate),
    },
    letPeopleIn('pingfederate'),
  ],
  name: namedByEmail,
  certificates: `You make the keys and decide how long they last. With automatic rotation, the new certificate stands in the metadata before it signs. ${metadataBrings}`,
  notes: ['Groups often come as one text with commas. Then map `groups` with `"split": ","`.'],
  fixes: [
    {
      problem: 'PingFederate says that an unexpected system error occurred',
      fix: 'Its server log names the cause under the reference of the page. Mostly it is our entity ID, our ACS URL, or *Redirect* that is not allowed.',
    },
    {
      problem: 'The sign-on URL contains `startSSO.ping`',
      fix: 'That is *SSO Application Endpoint*, which begins at PingFederate. Use `/idp/SSO.saml2`.',
    },
    {
      problem: 'The issuer does not fit',
      fix: 'Where the connection has a *Virtual Server ID*, that is the issuer.',
    },
  ],
}
