// Rippling.

import type { Guide } from './guide.ts'
import { metadataBrings, namedByEmail, three } from './steps.ts'

/** The guide to Rippling. */
export const rippling: Guide = {
  id: 'rippling',
  provider: 'custom',
  title: 'Rippling',
  steps: [
    {
      title: 'Create the application',
      where:
        '*Third-Party Access* > *Add integration* > *Create a new custom integration* (older: *IT Management* > *Custom App* > *Create New App*)',
      text: 'Give it a name, a category and a logo, tick *Single Sign-On (SAML)*, then *Continue*. Say that you install it yourself.',
    },
    {
      title: 'Copy the metadata',
      where: 'The page with the SSO instructions',
      text: 'Take the address, or the text.',
      gives: [
        { theirs: 'IdP Metadata URL', ours: 'metadata_url' },
        { theirs: 'IdP Metadata XML', ours: 'metadata_xml' },
      ],
    },
    {
      title: 'Or copy the three values',
      where: 'The page with the SSO instructions',
      gives: three({
        signOnUrl: 'Single Sign-on URL or Target URL',
        issuer: 'Issuer or IdP Entity ID',
        certificate: 'X509 Certificate',
      }),
    },
    {
      title: 'Give it our addresses',
      where: 'The same page, further down',
      text: 'Then *Move to Next Step*.',
      fields: [
        { theirs: 'ACS URL', ours: 'acs_url' },
        { theirs: 'Service Provider Entity ID', ours: 'entity_id' },
      ],
    },
    {
      title: 'Let people in',
      where: 'The access rules of the installation',
      text: 'Choose who may use it, and finish the installation.',
    },
    {
      title: 'Switch its made-up answers off',
      where: 'The application > *Settings* > *Advanced SAML Settings*',
      text: 'Otherwise what the tile sends claims to answer a request that never was, and is refused.',
      fields: [{ theirs: 'Disable InResponseTo field in assertions for IdP initiated SSO', choose: 'Yes' }],
    },
    {
      title: 'Look at the attributes',
      where: 'The application > *Settings*',
      text: 'Rippling may rename what you send; *Disable automatic standardization of attributes* stops that. We look for:',
      attributes: [
        { from: 'the work e-mail address', name: 'email', claim: 'email' },
        { from: 'the first name', name: 'firstName', claim: 'given_name' },
        { from: 'the last name', name: 'lastName', claim: 'family_name' },
      ],
    },
  ],
  name: namedByEmail,
  certificates: `How its certificates roll is not known to us. ${metadataBrings}`,
  notes: ['There is no single logout and no encryption of assertions.'],
  fixes: [
    {
      problem: 'The tile is refused because it answers no request',
      fix: 'Switch *Disable InResponseTo field in assertions for IdP initiated SSO* on and set `allow_idp_initiated` of this connection; or give people our sign-in address ({login_url}).',
    },
  ],
}
