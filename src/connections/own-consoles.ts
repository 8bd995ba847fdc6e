// The consoles and configuration files of identity providers that a company runs itself.

import type { Console } from './consoles.ts'
import { labels } from './labels.ts'

const ourMetadata = 'this connection’s metadata'
const pasteIssuer = 'into this connection’s issuer, exactly as it stands there'
const pasteUrl = 'into this connection’s sign_on_url'
const addCertificate = 'and add it to this connection’s certificates'
const ntp = 'set the server’s clock by NTP'

const pingFederate = 'open the SP connection’s *Browser SSO*'
const adfs = 'open *Relying Party Trusts* > the trust > *Properties*'
const adfsSigning = 'run *Set-AdfsRelyingPartyTrust -SamlResponseSignature*'
const adfsClaims = 'open *Relying Party Trusts* > the trust > *Edit Claim Issuance Policy* > *Add Rule*'
const keycloak = 'open *Clients* > the client > *Settings*'
const keycloakMetadata = 'open *Realm settings* > *General* > *Endpoints* > *SAML 2.0 Identity Provider Metadata*'
const relyingParty = 'open *conf/relying-party.xml*'
const ourMetadataThere = 'open the metadata that *conf/metadata-providers.xml* loads for us'
const remote = 'open *metadata/saml20-sp-remote.php*'

/** Their words, by provider. */
export const ownConsoles = {
  pingfederate: {
    acs: `${pingFederate} > *Protocol Settings* > *Assertion Consumer Service URL* and set *${labels.pingfederate.acs}*`,
    audience: `open the SP connection’s *General Info* and set *${labels.pingfederate.entityId}*`,
    signOnUrl: `take the server’s public address with the path *${labels.pingfederate.signOnUrl}* ${pasteUrl} (not *SSO Application Endpoint*)`,
    issuer: `open *System* > *Server* > *Protocol Settings* > *Federation Info* and copy *${labels.pingfederate.issuer}* (or the connection’s *Virtual Server ID*) ${pasteIssuer}`,
    certificate: `open *Signing & Decryption Keys & Certificates* > *Export* > *${labels.pingfederate.certificate}* ${addCertificate}`,
    signAssertion: `${pingFederate} > *Protocol Settings* > *Signature Policy* and tick *Always Sign Assertion*`,
    signResponse: `${pingFederate} > *Protocol Settings* > *Signature Policy* and tick *Sign Response As Required*`,
    signBoth: `${pingFederate} > *Protocol Settings* > *Signature Policy* and tick *Always Sign Assertion* and *Sign Response As Required*`,
    algorithm:
      'open the SP connection’s *Credentials* > *Digital Signature Settings* and set *Signing Algorithm* to *RSA SHA256*',
    encryption: `${pingFederate} > *Protocol Settings* > *Encryption Policy*, choose the entire assertion, and give the encryption certificate of ${ourMetadata} under *Credentials*`,
    nameId: `${pingFederate} > *Assertion Creation* > *Attribute Contract* and set *Subject Name Format* of *SAML_SUBJECT* to *persistent* or *emailAddress*`,
    unsolicited: `${pingFederate} > *SAML Profiles*, tick *SP-Initiated SSO*, and give people this connection’s sign-in address in place of *SSO Application Endpoint*`,
    attributes: `${pingFederate} > *Assertion Creation* > *Attribute Contract* and add the attribute, then map it`,
    people: `${pingFederate} > *Assertion Creation* and look at the *Issuance Criteria* of the mapping`,
    clock: `${ntp}; ${pingFederate} > *Assertion Lifetime* shows *Minutes Before* and *Minutes After*`,
  },
  adfs: {
    acs: `${adfs} > *Endpoints* and set *${labels.adfs.acs}* (the SAML Assertion Consumer endpoint)`,
    audience: `${adfs} > *Identifiers* and set *${labels.adfs.entityId}*`,
    signOnUrl: `take the federation service’s address with the path *${labels.adfs.signOnUrl}* ${pasteUrl} (not *IdpInitiatedSignon.aspx*)`,
    issuer: `open *AD FS* > *Edit Federation Service Properties* and copy *${labels.adfs.issuer}* ${pasteIssuer}`,
    certificate: `open *Service* > *Certificates* > *${labels.adfs.certificate}* (the *Primary* one) > *View Certificate* > *Details* > *Copy to File* ${addCertificate}`,
    signAssertion: `${adfsSigning} *AssertionOnly*`,
    signResponse: `${adfsSigning} *MessageOnly*`,
    signBoth: `${adfsSigning} *MessageAndAssertion*`,
    algorithm: `${adfs} > *Advanced* and set *Secure hash algorithm* to *SHA-256*`,
    encryption: `${adfs} > *Encryption* and choose the encryption certificate of ${ourMetadata}`,
    nameId: `${adfsClaims} > *Transform an Incoming Claim* and issue *Name ID* with the outgoing name ID format *Email* or *Persistent Identifier*`,
    unsolicited: 'give people this connection’s sign-in address in place of *IdpInitiatedSignon.aspx*',
    attributes: `${adfsClaims} > *Send LDAP Attributes as Claims* and map the attribute (*Token-Groups* to *Group* for groups)`,
    people: 'open *Relying Party Trusts* > the trust > *Edit Access Control Policy* and permit the person',
    clock: `${ntp} (*w32tm /resync*); where a second or two remain, run *Set-AdfsRelyingPartyTrust -NotBeforeSkew 2*`,
  },
  keycloak: {
    acs: `${keycloak} and set *${labels.keycloak.acs}* and *Master SAML Processing URL*`,
    audience: `${keycloak} and set *${labels.keycloak.entityId}*`,
    signOnUrl: `${keycloakMetadata} and copy the Location of *${labels.keycloak.signOnUrl}* ${pasteUrl}`,
    issuer: `${keycloakMetadata} and copy *${labels.keycloak.issuer}* ${pasteIssuer}`,
    certificate: `open *Realm settings* > *Keys* > *RS256* > *${labels.keycloak.certificate}*, copy it ${addCertificate} (not the one on the client’s *Keys* tab)`,
    signAssertion: `${keycloak} > *Signature and Encryption* and switch *Sign assertions* on`,
    signResponse: `${keycloak} > *Signature and Encryption* and switch *Sign documents* on`,
    signBoth: `${keycloak} > *Signature and Encryption* and switch *Sign documents* and *Sign assertions* on`,
    algorithm: `${keycloak} > *Signature and Encryption* and set *Signature algorithm* to *RSA_SHA256*`,
    encryption: `open the client’s *Keys*, switch *Encrypt assertions* on and import the encryption certificate of ${ourMetadata}`,
    nameId: `${keycloak}, set *Name ID format* to *persistent* or *email* and switch *Force name ID format* on`,
    unsolicited: `${keycloak}, empty *IDP-Initiated SSO URL name* and set *Home URL* to this connection’s sign-in address`,
    attributes:
      'open the client’s *Client scopes* > its *-dedicated* scope > *Add mapper* and add the attribute or *Group list*',
    people: {
      lacks: 'Keycloak lets everybody of the realm in unless a flow says otherwise: look at the realm’s *Events*.',
    },
    clock: ntp,
  },
  shibboleth: {
    acs: `${ourMetadataThere} and set the Location of *${labels.shibboleth.acs}*`,
    audience: `${ourMetadataThere} and set *${labels.shibboleth.entityId}*`,
    signOnUrl: `open *metadata/idp-metadata.xml* and copy the Location of *${labels.shibboleth.signOnUrl}* for HTTP-Redirect ${pasteUrl}`,
    issuer: `open *metadata/idp-metadata.xml* and copy *${labels.shibboleth.issuer}* ${pasteIssuer}`,
    certificate: `take *${labels.shibboleth.certificate}*, which is *KeyDescriptor use="signing"* of its metadata, ${addCertificate}`,
    signAssertion: `${relyingParty} and set *p:signAssertions* to *true* for us`,
    signResponse: `${relyingParty} and set *p:signResponses* to *true* for us`,
    signBoth: `${relyingParty} and set *p:signResponses* and *p:signAssertions* to *true* for us`,
    algorithm: 'open *conf/idp.properties* and set *idp.signing.config* to *shibboleth.SigningConfiguration.SHA256*',
    encryption: `${relyingParty}, set *p:encryptAssertions* to *true* for us, and load ${ourMetadata} anew with its encryption certificate`,
    nameId:
      'open *conf/saml-nameid.xml*, release a *persistent* or *emailAddress* name for us; or let this connection’s subject name *subject-id*',
    unsolicited: 'give people this connection’s sign-in address in place of */idp/profile/SAML2/Unsolicited/SSO*',
    attributes: 'open *conf/attribute-filter.xml* and release the attribute to our entity ID',
    people: { lacks: 'Shibboleth lets everybody in unless an interceptor says otherwise: look at *idp-process.log*.' },
    clock: ntp,
  },
  simplesamlphp: {
    acs: `${remote} and set *${labels.simplesamlphp.acs}*`,
    audience: `${remote} and set the key of our entry, *${labels.simplesamlphp.entityId}*`,
    signOnUrl: `open *Federation* > *SAML 2.0 IdP Metadata* and copy the Location of *${labels.simplesamlphp.signOnUrl}* ${pasteUrl}`,
    issuer: `open *Federation* > *SAML 2.0 IdP Metadata* and copy *${labels.simplesamlphp.issuer}* ${pasteIssuer}`,
    certificate: `open *Federation* > *SAML 2.0 IdP Metadata*, copy *${labels.simplesamlphp.certificate}* ${addCertificate}`,
    signAssertion: `${remote} and set *saml20.sign.assertion* to *true*`,
    signResponse: `${remote} and set *saml20.sign.response* to *true*`,
    signBoth: `${remote} and set *saml20.sign.response* and *saml20.sign.assertion* to *true*`,
    algorithm: `${remote} and set *signature.algorithm* to *http://www.w3.org/2001/04/xmldsig-more#rsa-sha256*`,
    encryption: `${remote}, set *assertion.encryption* to *true* and give the encryption certificate of ${ourMetadata} under *keys*`,
    nameId: `${remote}, set *NameIDFormat* to persistent or emailAddress, and in *authproc* a filter such as *saml:AttributeNameID* that makes the name`,
    unsolicited: 'give people this connection’s sign-in address in place of the link with *spentityid*',
    attributes: `${remote} and add the attribute to *attributes*, or let *authproc* release it`,
    people: { lacks: 'SimpleSAMLphp lets everybody in unless an *authproc* filter says otherwise: look at its log.' },
    clock: ntp,
  },
} as const satisfies Record<string, Console>
