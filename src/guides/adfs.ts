// Microsoft AD FS.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { letPeopleIn, namedByEmail, three } from './steps.ts'

const theirs = labels.adfs
const ws = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

/** The guide to Microsoft AD FS. */
export const adfs: Guide = {
  id: 'adfs',
  provider: 'adfs',
  title: 'Microsoft AD FS',
  steps: [
    {
      title: 'Begin the trust',
      where: '*AD FS Management* > *Relying Party Trusts* > *Add Relying Party Trust…*',
      text: 'Choose *Claims aware*, then *Start*.',
    },
    {
      title: 'Choose how it learns of us',
      where: '*Select Data Source*, then *Specify Display Name* and *Configure Certificate*',
      text: 'Choose *Enter data about the relying party manually* and give it a name. Skip the certificate, which is for encryption.',
    },
    {
      title: 'Give it our ACS URL',
      where: '*Configure URL*',
      text: 'Tick *Enable support for the SAML 2.0 WebSSO protocol*.',
      fields: [{ theirs: theirs.acs, ours: 'acs_url' }],
    },
    {
      title: 'Give it our entity ID',
      where: '*Configure Identifiers*',
      text: 'Press *Add*, or it is lost.',
      fields: [{ theirs: theirs.entityId, ours: 'entity_id' }],
    },
    {
      title: 'Say who may sign in',
      where: '*Choose Access Control Policy*',
      text: 'Choose *Permit everyone* or a policy for a group. Leave *Configure claims issuance policy* ticked and finish.',
    },
    {
      title: 'Send attributes',
      where: '*Edit Claim Issuance Policy* > *Add Rule* > *Send LDAP Attributes as Claims*',
      text: 'The attribute store is *Active Directory*. Choose the outgoing claim types from the list; their names travel like this:',
      attributes: [
        { from: 'E-Mail-Addresses → E-Mail Address', name: `${ws}/emailaddress`, claim: 'email' },
        { from: 'Given-Name → Given Name', name: `${ws}/givenname`, claim: 'given_name' },
        { from: 'Surname → Surname', name: `${ws}/surname`, claim: 'family_name' },
        { from: 'Display-Name → Name', name: `${ws}/name`, claim: 'name' },
        {
          from: 'Token-Groups - Unqualified Names → Group',
          name: 'http://schemas.xmlsoap.org/claims/Group',
          claim: 'groups',
        },
      ],
    },
    {
      title: 'Set who is named',
      where: '*Edit Claim Issuance Policy* > *Add Rule* > *Transform an Incoming Claim*',
      text: 'Without this rule AD FS sends no NameID at all.',
      fields: [
        { theirs: 'Incoming claim type', choose: 'E-Mail Address' },
        { theirs: 'Outgoing claim type', choose: 'Name ID' },
        { theirs: 'Outgoing name ID format', choose: 'Email' },
      ],
    },
    {
      title: 'Copy the metadata',
      where: '`https://{your federation service}/FederationMetadata/2007-06/FederationMetadata.xml`',
      text: 'Take the address if it can be reached from outside, else save the file.',
      gives: [
        { theirs: 'the address', ours: 'metadata_url' },
        { theirs: theirs.metadata, ours: 'metadata_xml' },
      ],
    },
    {
      title: 'Or copy the three values',
      where: '*AD FS* > *Edit Federation Service Properties*; *Service* > *Certificates*',
      text: 'The sign-on URL is `https://`, the federation service name and `/adfs/ls/`. The certificate is the *Primary* one: *View Certificate* > *Details* > *Copy to File…*, *Base-64 encoded X.509 (.CER)*.',
      gives: three(theirs),
    },
    letPeopleIn('adfs'),
  ],
  name: namedByEmail,
  certificates: `AD FS rolls by itself: a certificate lasts a year, a *Secondary* one appears 20 days before the end and becomes *Primary* five days later, without asking anybody. Metadata shows both. Where this connection has the metadata URL, nothing is to be done; otherwise add the secondary one here within those five days.`,
  notes: [
    'The issuer begins with `http://`, without an s. That is right.',
    'If it reads our metadata URL instead (*Import data about the relying party published online*), it encrypts assertions to us from then on. That works too.',
    'For single logout it wants signed messages: *Properties* > *Signature* takes our certificate, *Endpoints* > *Add SAML* our logout URL ({slo_url}).',
  ],
  fixes: [
    {
      problem: 'There is no NameID',
      fix: 'The rule *Transform an Incoming Claim* is missing, or the person has no e-mail address in Active Directory.',
    },
    {
      problem: 'AD FS answers `InvalidNameIDPolicy`',
      fix: 'The request asks for a format that no rule issues. Set the outgoing name ID format to *Email*, or `nameid_format` of this connection to null.',
    },
    {
      problem: 'Some sign-ins are refused as not valid yet',
      fix: 'Its clock is ahead of ours: run *w32tm /resync* on both sides.',
    },
    {
      problem: 'The sign-on URL ends with `IdpInitiatedSignon.aspx`',
      fix: 'That page begins at AD FS. Use `/adfs/ls/`.',
    },
    {
      problem: 'Everybody is refused since this night',
      fix: 'The certificate has rolled. Add the new *Primary* one here, then give this connection the metadata URL.',
    },
  ],
}
