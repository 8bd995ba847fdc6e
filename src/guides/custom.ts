// Any other identity provider that speaks SAML 2.0.

import type { Guide } from './guide.ts'
import { addBefore, three, usualAttributes } from './steps.ts'

/** The guide to an identity provider that has none of its own. */
export const custom: Guide = {
  id: 'custom',
  provider: 'custom',
  title: 'Another identity provider',
  steps: [
    {
      title: 'Make an application for SAML 2.0',
      where: 'its console, under *Applications*, *Service providers* or *Relying parties*',
    },
    {
      title: 'Give it our metadata',
      text: 'If it asks for metadata, that is all of our values at once.',
      fields: [{ theirs: 'Metadata URL', ours: 'metadata_url' }],
    },
    {
      title: 'Or give it our addresses',
      text: 'They go by several names.',
      fields: [
        { theirs: 'Entity ID, Audience, Identifier, Issuer of the service provider', ours: 'entity_id' },
        { theirs: 'ACS URL, Reply URL, Callback URL, Recipient, Destination', ours: 'acs_url' },
        { theirs: 'Sign-in page, Start URL of the application', ours: 'login_url' },
        { theirs: 'Certificate of the service provider, for signed requests and for encryption', ours: 'certificate' },
      ],
    },
    {
      title: 'Set who is named',
      text: 'Best is what never changes. A *transient* name is refused, as it is another one each time.',
      fields: [{ theirs: 'NameID format', value: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' }],
    },
    {
      title: 'Sign',
      text: 'The assertion or the response or both, by RSA-SHA256 or better.',
    },
    {
      title: 'Send attributes',
      attributes: usualAttributes({
        email: 'the e-mail address',
        given: 'the first name',
        family: 'the last name',
        groups: 'the groups',
      }),
    },
    {
      title: 'Copy its metadata',
      text: 'An address is best, a file does as well.',
      gives: [
        { theirs: 'Metadata URL', ours: 'metadata_url' },
        { theirs: 'Metadata file', ours: 'metadata_xml' },
      ],
    },
    {
      title: 'Or copy the three values',
      text: 'The sign-on URL is where our requests go, for HTTP-Redirect or HTTP-POST; not a link that begins at the provider.',
      gives: three({
        signOnUrl: 'SSO URL, Login URL, SingleSignOnService',
        issuer: 'Entity ID, Issuer',
        certificate: 'Signing certificate',
      }),
    },
    { title: 'Let people in', text: 'Assign the application to the people or groups that may use it.' },
  ],
  name: 'Whatever it sends as NameID, with its format. Somebody with another NameID is somebody else to us, so decide before the first sign-in.',
  certificates: `Ask how long it lasts and who replaces it. ${addBefore} With a metadata URL it is found there.`,
  fixes: [
    {
      problem: 'It says that it does not know us',
      fix: 'Our entity ID or ACS URL differs by a letter, a slash or http in place of https.',
    },
    {
      problem: 'It wants another name format or method',
      fix: 'Set `nameid_format` of this connection to null and `requested_authn_context` to an empty list.',
    },
    {
      problem: 'It does not know our request’s signature',
      fix: 'Give it our certificate, or set `sign_requests` of this connection to false.',
    },
    {
      problem: 'Sign-ins are refused as not valid yet or as over',
      fix: 'Set the clocks of both servers by NTP.',
    },
  ],
}
