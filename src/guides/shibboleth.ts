// The Shibboleth Identity Provider, versions 4 and 5.

import { labels } from '../connections/labels.ts'
import type { Guide } from './guide.ts'
import { letPeopleIn, three } from './steps.ts'

const theirs = labels.shibboleth

const provider = `<MetadataProvider id="Assay" xsi:type="FileBackedHTTPMetadataProvider"
    metadataURL="{metadata_url}"
    backingFile="%{idp.home}/metadata/assay.xml"/>`

const filter = `<AttributeFilterPolicy id="Assay">
    <PolicyRequirementRule xsi:type="Requester" value="{entity_id}"/>
    <AttributeRule attributeID="mail" permitAny="true"/>
    <AttributeRule attributeID="displayName" permitAny="true"/>
    <AttributeRule attributeID="givenName" permitAny="true"/>
    <AttributeRule attributeID="sn" permitAny="true"/>
    <AttributeRule attributeID="samlSubjectID" permitAny="true"/>
</AttributeFilterPolicy>`

/** The guide to the Shibboleth Identity Provider. */
export const shibboleth: Guide = {
  id: 'shibboleth',
  provider: 'shibboleth',
  title: 'Shibboleth',
  steps: [
    {
      title: 'Load our metadata',
      where: '`conf/metadata-providers.xml`',
      text: 'It holds our addresses and the certificate to which Shibboleth encrypts. There is no form for these.',
      code: { label: 'In the list of providers', text: provider },
    },
    {
      title: 'Release attributes to us',
      where: '`conf/attribute-filter.xml`',
      text: 'A group attribute is released the same way, under the name that your resolver gives it.',
      code: { label: 'In the group of policies', text: filter },
      attributes: [
        { from: 'mail', name: 'urn:oid:0.9.2342.19200300.100.1.3', claim: 'email' },
        { from: 'displayName', name: 'urn:oid:2.16.840.1.113730.3.1.241', claim: 'name' },
        { from: 'givenName', name: 'urn:oid:2.5.4.42', claim: 'given_name' },
        { from: 'sn', name: 'urn:oid:2.5.4.4', claim: 'family_name' },
        { from: 'isMemberOf', name: 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1', claim: 'groups' },
      ],
    },
    {
      title: 'Say who is named',
      where: 'here, in this connection',
      text: 'The NameID is another one each time, so the person is named by an attribute.',
      fields: [{ theirs: 'subject', value: 'urn:oasis:names:tc:SAML:attribute:subject-id' }],
    },
    {
      title: 'Reload',
      where: 'the server’s command line',
      code: {
        label: 'Commands',
        text: 'bin/reload-service.sh -id shibboleth.MetadataResolverService\nbin/reload-service.sh -id shibboleth.AttributeFilterService',
      },
    },
    {
      title: 'Copy the metadata',
      where: '`https://{your host}/idp/shibboleth`',
      text: 'The file does as well. It is written once, at the installation: see that it names the certificate that signs today.',
      gives: [
        { theirs: 'the address', ours: 'metadata_url' },
        { theirs: theirs.metadata, ours: 'metadata_xml' },
      ],
    },
    {
      title: 'Or copy the three values',
      where: '`metadata/idp-metadata.xml`',
      text: 'Of the sign-on services take the Location of the one for HTTP-Redirect. Of the three certificates take the one that signs, not those for the back channel and for encryption.',
      gives: three(theirs),
    },
    letPeopleIn('shibboleth'),
  ],
  name: 'The attribute `subject-id`, which stays. A *persistent* NameID of `conf/saml-nameid.xml` does as well; then leave `subject` empty.',
  certificates:
    'You make it; the installer’s lasts 20 years. To roll, add the new certificate here, then change `credentials/idp-signing.*` and the metadata file, which does not follow by itself.',
  notes: ['Assertions come encrypted from the start. That needs nothing here.'],
  fixes: [
    {
      problem: 'Shibboleth says *Unable to Respond*, *Unsupported Request*',
      fix: 'It has not loaded our metadata: `logs/idp-process.log` says why. Our entity ID must be in it, exactly.',
    },
    {
      problem: 'Nothing comes back after the sign-in',
      fix: 'It found no certificate to encrypt to: load our metadata anew.',
    },
    {
      problem: 'The name is refused because it does not last',
      fix: 'It came as a transient NameID: set `subject` of this connection, and release that attribute.',
    },
    {
      problem: 'There are no attributes',
      fix: 'The filter names another requester than our entity ID, or the resolver does not make them: `bin/aacli.sh -n PERSON -r {entity_id}` shows what we would get.',
    },
  ],
}
