// SimpleSAMLphp as an identity provider, version 2.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { letPeopleIn, metadataBrings, three } from './steps.ts'

const theirs = labels.simplesamlphp

const entry = `$metadata['{entity_id}'] = [
    'AssertionConsumerService' => [[
        'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        'Location' => '{acs_url}',
        'index' => 0,
        'isDefault' => true,
    ]],
    'SingleLogoutService' => [[
        'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
        'Location' => '{slo_url}',
    ]],
    'sign.logout' => true,
    'saml20.sign.response' => true,
    'saml20.sign.assertion' => true,
    'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    'authproc' => [
        10 => ['class' => 'saml:PersistentNameID', 'identifyingAttribute' => 'uid'],
    ],
];`

/** The guide to SimpleSAMLphp. */
export const simpleSamlPhp: Guide = {
  id: 'simplesamlphp',
  provider: 'simplesamlphp',
  title: 'SimpleSAMLphp',
  steps: [
    {
      title: 'Add us',
      where: '`metadata/saml20-sp-remote.php`',
      text: 'Version 1 has `attribute` in place of `identifyingAttribute`. In place of `uid` take what never changes in your source.',
      code: { label: 'At the end of the file', text: entry },
    },
    {
      title: 'Look at the attributes',
      where: '`config/authsources.php`',
      text: 'They are sent under the names of the source. Where those are others, add `core:AttributeMap` to *authproc*, or map them in this connection.',
      attributes: [
        { from: 'mail', name: 'mail', claim: 'email' },
        { from: 'cn', name: 'cn', claim: 'name' },
        { from: 'givenName', name: 'givenName', claim: 'given_name' },
        { from: 'sn', name: 'sn', claim: 'family_name' },
        { from: 'memberOf', name: 'memberOf', claim: 'groups' },
      ],
    },
    {
      title: 'Copy the metadata address',
      where: '*Federation* > *SAML 2.0 IdP Metadata*',
      gives: [{ theirs: theirs.metadata, ours: 'metadata_url' }],
    },
    {
      title: 'Or copy the three values',
      where: 'The same metadata',
      text: 'Of the sign-on service take its Location.',
      gives: three(theirs),
    },
    letPeopleIn('simplesamlphp'),
  ],
  name: 'A hash of what *identifyingAttribute* names; it stays as long as that and the installation’s `secretsalt` stay. Without the filter it is another one each time, which we refuse.',
  certificates: `You make it. \`new_privatekey\` and \`new_certificate\` in \`metadata/saml20-idp-hosted.php\` put the next one into the metadata beside the old one. ${metadataBrings}`,
  notes: ['*sign.logout* stands there because we take signed logout messages only.'],
  fixes: [
    {
      problem: 'SimpleSAMLphp says that it does not find our metadata',
      fix: 'The key of the entry is not exactly our entity ID.',
    },
    {
      problem: 'The name is refused because it does not last',
      fix: 'It came as a transient NameID: the filter is missing, or `uid` is not among the attributes.',
    },
    {
      problem: 'The signature algorithm is refused',
      fix: 'Version 1 signs by SHA-1 unless *signature.algorithm* says otherwise.',
    },
  ],
}
