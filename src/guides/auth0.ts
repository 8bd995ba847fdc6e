// Auth0, with its SAML2 Web App addon.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { letPeopleIn, metadataBrings, three } from './steps.ts'

const theirs = labels.auth0
const ws = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

const settings = {
  audience: '{entity_id}',
  recipient: '{acs_url}',
  destination: '{acs_url}',
  signatureAlgorithm: 'rsa-sha256',
  digestAlgorithm: 'sha256',
  nameIdentifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  nameIdentifierProbes: [`${ws}/nameidentifier`],
}

/** The guide to Auth0. */
export const auth0: Guide = {
  id: 'auth0',
  provider: 'auth0',
  title: 'Auth0',
  steps: [
    {
      title: 'Create the application',
      where: 'Dashboard > *Applications* > *Applications* > *Create Application*',
      text: 'Choose *Regular Web Application*.',
    },
    { title: 'Switch SAML on', where: 'The application > *Addons*', text: 'Switch *SAML2 Web App* on.' },
    {
      title: 'Give it our address',
      where: '*SAML2 Web App* > *Settings*',
      fields: [{ theirs: theirs.acs, ours: 'acs_url' }],
    },
    {
      title: 'Replace its settings',
      where: '*SAML2 Web App* > *Settings* > *Settings*',
      text: 'Without these it signs by SHA-1, which we refuse. *Enable* afterwards.',
      code: { label: 'Settings', text: JSON.stringify(settings, null, 2) },
    },
    {
      title: 'Leave the attributes as they are',
      where: '*SAML2 Web App* > *Settings*',
      text: 'These are sent from the start. Groups are not: an *Action* has to put them into the profile.',
      attributes: [
        { from: 'email', name: `${ws}/emailaddress`, claim: 'email' },
        { from: 'name', name: `${ws}/name`, claim: 'name' },
        { from: 'given_name', name: `${ws}/givenname`, claim: 'given_name' },
        { from: 'family_name', name: `${ws}/surname`, claim: 'family_name' },
      ],
    },
    {
      title: 'Save the metadata',
      where: '*SAML2 Web App* > *Usage*',
      text: 'The address behind *Download* does as well.',
      gives: [
        { theirs: theirs.metadata, ours: 'metadata_xml' },
        { theirs: 'its address', ours: 'metadata_url' },
      ],
    },
    {
      title: 'Or copy the three values',
      where: '*SAML2 Web App* > *Usage*',
      gives: three(theirs),
    },
    letPeopleIn('auth0'),
  ],
  name: 'Auth0’s own id of the person (`auth0|…`), which never changes. It is no e-mail address.',
  certificates: `One key signs for all applications of the tenant and lasts about 13 years. Rotating it under *Settings* > *Signing Keys* breaks every SAML application that does not know the next one. ${metadataBrings}`,
  notes: ['The issuer is a name, not an address: `urn:` and the tenant’s host.'],
  fixes: [
    {
      problem: 'The signature algorithm is refused',
      fix: 'The settings still say `rsa-sha1`, or nothing. Set `signatureAlgorithm` to `rsa-sha256` and `digestAlgorithm` to `sha256`.',
    },
    {
      problem: 'The audience does not fit',
      fix: 'Set `audience` of the settings to our entity ID. Lines that begin with `//` do not count.',
    },
    {
      problem: 'A claim is `[object Object]`',
      fix: 'An object was mapped: map one of its members.',
    },
  ],
}
