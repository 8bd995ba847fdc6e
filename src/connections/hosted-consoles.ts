// The consoles of identity providers that their vendors run.

import type { Console } from './consoles.ts'
import { labels } from './labels.ts'

const ourMetadata = 'this connection’s metadata'
const pasteIssuer = 'into this connection’s issuer, exactly as it stands there'
const pasteUrl = 'into this connection’s sign_on_url'
const addCertificate = 'and add it to this connection’s certificates'

const vendorClock = (vendor: string) => ({
  lacks: `${vendor} keeps its own time, and keeps it well: check that the machine on which this service runs is set by NTP.`,
})

const entra = 'open *Enterprise apps* > the application > *Single sign-on*'
const oktaSaml = 'open the application’s *General* > *SAML Settings* > *Edit*'
const oktaAdvanced = `${oktaSaml} > *Configure SAML* > *Show Advanced Settings*`
const oneLogin = 'open the application’s *Configuration*'
const pingOne = 'open the application’s *Configuration*'
const google = 'open *Apps* > *Web and mobile apps* > the application'
const jumpCloud = 'open *SSO Applications* > the application > *SSO*'
const duo = 'open the application'
const auth0 = 'open the application’s *Addons* > *SAML2 Web App*'

/** Their words, by provider. */
export const hostedConsoles = {
  'entra-id': {
    acs: `${entra} > *Basic SAML Configuration* > *Edit* and set *${labels['entra-id'].acs}*`,
    audience: `${entra} > *Basic SAML Configuration* > *Edit* and set *${labels['entra-id'].entityId}*`,
    signOnUrl: `${entra} > *Set up* and copy *${labels['entra-id'].signOnUrl}* ${pasteUrl} (*Sign on URL* is another field: our own login page)`,
    issuer: `${entra} > *Set up* and copy *${labels['entra-id'].issuer}* ${pasteIssuer}, with the slash at its end`,
    certificate: `${entra} > *SAML Certificates*, download *${labels['entra-id'].certificate}* of the active certificate ${addCertificate}`,
    signAssertion: `${entra} > *SAML Certificates* > *Edit* and set *Signing Option* to *Sign SAML assertion*`,
    signResponse: `${entra} > *SAML Certificates* > *Edit* and set *Signing Option* to *Sign SAML response*`,
    signBoth: `${entra} > *SAML Certificates* > *Edit* and set *Signing Option* to *Sign SAML response and assertion*`,
    algorithm: `${entra} > *SAML Certificates* > *Edit* and set *Signing Algorithm* to *SHA-256*`,
    encryption: `open the application’s *Token encryption*, choose *Import Certificate* for the encryption certificate of ${ourMetadata}, then *Activate token encryption certificate*`,
    nameId: `${entra} > *Attributes & Claims* > *Edit* > *Unique User Identifier (Name ID)* and set the name identifier format to *Persistent* or *Email address*`,
    unsolicited: `${entra} > *Basic SAML Configuration* > *Edit* and set *Sign on URL* to this connection’s sign-in address, so that the *My Apps* tile begins here`,
    attributes: `${entra} > *Attributes & Claims* > *Edit* and choose *Add new claim* or *Add a group claim*`,
    people: 'open the application’s *Users and groups* > *Add user/group* and assign the person or a group',
    clock: vendorClock('Microsoft Entra ID'),
  },
  okta: {
    acs: `${oktaSaml} and set *${labels.okta.acs}*`,
    recipient: `${oktaSaml}, tick *Use this for Recipient URL and Destination URL* and set *${labels.okta.acs}*`,
    audience: `${oktaSaml} and set *${labels.okta.entityId}*`,
    signOnUrl: `open the application’s *Sign On* > *Metadata details* > *More details* and copy *${labels.okta.signOnUrl}* ${pasteUrl}`,
    issuer: `open the application’s *Sign On* > *Metadata details* > *More details* and copy *${labels.okta.issuer}* ${pasteIssuer}`,
    certificate: `open the application’s *Sign On* > *Metadata details* > *More details*, copy *${labels.okta.certificate}* ${addCertificate}`,
    signAssertion: `${oktaAdvanced} and set *Assertion Signature* to *Signed*`,
    signResponse: `${oktaAdvanced} and set *Response* to *Signed*`,
    signBoth: `${oktaAdvanced} and set *Response* and *Assertion Signature* to *Signed*`,
    algorithm: `${oktaAdvanced} and set *Signature Algorithm* to *RSA-SHA256* and *Digest Algorithm* to *SHA256*`,
    encryption: `${oktaAdvanced}, set *Assertion Encryption* to *Encrypted* and upload the encryption certificate of ${ourMetadata} as *Encryption Certificate*`,
    nameId: `${oktaSaml} and set *Name ID format* to *EmailAddress* or *Persistent*`,
    unsolicited:
      'hide the application’s tile, which begins at Okta, and give people a *Bookmark App* with this connection’s sign-in address',
    attributes: `${oktaSaml} and fill *Attribute Statements* and *Group Attribute Statements*`,
    people: 'open the application’s *Assignments* > *Assign* and assign the person or a group',
    clock: vendorClock('Okta'),
  },
  onelogin: {
    acs: `${oneLogin} and set *${labels.onelogin.acs}* (and *ACS (Consumer) URL Validator* to a regular expression for it)`,
    recipient: `${oneLogin} and set *Recipient*`,
    audience: `${oneLogin} and set *${labels.onelogin.entityId}*`,
    signOnUrl: `open the application’s *SSO* and copy *${labels.onelogin.signOnUrl}* ${pasteUrl}`,
    issuer: `open the application’s *SSO* and copy *${labels.onelogin.issuer}* ${pasteIssuer}`,
    certificate: `open the application’s *SSO* > *${labels.onelogin.certificate}* > *View Details*, copy the PEM text ${addCertificate}`,
    signAssertion: `${oneLogin} and set *SAML signature element* to *Assertion*`,
    signResponse: `${oneLogin} and set *SAML signature element* to *Response*`,
    signBoth: `${oneLogin} and set *SAML signature element* to *Both*`,
    algorithm: 'open the application’s *SSO* and set *SAML Signature Algorithm* to *SHA-256*',
    encryption: `${oneLogin}, tick *Encrypt assertion* and paste the encryption certificate of ${ourMetadata}`,
    nameId: `${oneLogin} and set *SAML nameID format* to *Email* or *Persistent*`,
    unsolicited: `${oneLogin}, set *SAML initiator* to *Service Provider* and *Login URL* to this connection’s sign-in address`,
    attributes: 'open the application’s *Parameters* > *+*, add the field and tick *Include in SAML assertion*',
    people: 'give the person the application under *Users* > *Applications* or by a role',
    clock: vendorClock('OneLogin'),
  },
  pingone: {
    acs: `${pingOne} > *Edit* and set *${labels.pingone.acs}*`,
    audience: `${pingOne} > *Edit* and set *${labels.pingone.entityId}*`,
    signOnUrl: `${pingOne} and copy *${labels.pingone.signOnUrl}* ${pasteUrl} (not *Initiate Single Sign-On URL*)`,
    issuer: `${pingOne} and copy *${labels.pingone.issuer}* ${pasteIssuer}`,
    certificate: `${pingOne} > *Download Signing Certificate* > *${labels.pingone.certificate}* ${addCertificate}`,
    signAssertion: `${pingOne} > *Edit* > *Signing Key* and choose *Sign Assertion*`,
    signResponse: `${pingOne} > *Edit* > *Signing Key* and choose *Sign Response*`,
    signBoth: `${pingOne} > *Edit* > *Signing Key* and choose *Sign Assertion & Response*`,
    algorithm: `${pingOne} > *Edit* > *Signing Key* and set the signing algorithm to *RSA_SHA256*`,
    encryption: `${pingOne} > *Edit*, tick *Encryption* and import the encryption certificate of ${ourMetadata}`,
    nameId: `${pingOne} > *Edit* and set *Subject NameID Format* to *persistent* or *emailAddress*; *Attribute Mappings* > *saml_subject* gives its value`,
    unsolicited: `give people this connection’s sign-in address in place of *Initiate Single Sign-On URL*`,
    attributes: 'open the application’s *Attribute Mappings* > *Edit* and add the attribute (*Group Names* for groups)',
    people: 'switch the application on and open its *Access* to the person’s group',
    clock: vendorClock('PingOne'),
  },
  google: {
    acs: `${google} > *Service provider details* and set *${labels.google.acs}*`,
    audience: `${google} > *Service provider details* and set *${labels.google.entityId}*`,
    signOnUrl: `${google} > *Google Identity Provider details* and copy *${labels.google.signOnUrl}* ${pasteUrl}`,
    issuer: `${google} > *Google Identity Provider details* and copy *${labels.google.issuer}* ${pasteIssuer}`,
    certificate: `${google} > *Google Identity Provider details*, copy *${labels.google.certificate}* ${addCertificate}`,
    signAssertion: `${google} > *Service provider details* and untick *Signed response*`,
    signResponse: `${google} > *Service provider details* and tick *Signed response*`,
    signBoth: {
      lacks:
        'Google Workspace signs the response or the assertion, never both: set require_signed of this connection to any.',
    },
    algorithm: {
      lacks: 'Google Workspace signs with RSA-SHA256 and has no setting for it: find out who else wrote this message.',
    },
    encryption: {
      lacks: 'Google Workspace does not encrypt assertions: set require_encrypted of this connection to false.',
    },
    nameId: `${google} > *Service provider details* and set *Name ID format* to *EMAIL* or *PERSISTENT*, and *Name ID* to *Basic Information > Primary email*`,
    unsolicited: {
      lacks:
        'The app launcher of Google Workspace always begins at Google: give people this connection’s sign-in address instead.',
    },
    attributes: `${google} > *SAML attribute mapping* and add the attribute, or the group under *Group membership (optional)*`,
    people: `${google} > *User access* and switch it *ON* for the person’s organisational unit`,
    clock: vendorClock('Google Workspace'),
  },
  jumpcloud: {
    acs: `${jumpCloud} and set *${labels.jumpcloud.acs}*`,
    audience: `${jumpCloud} and set *${labels.jumpcloud.entityId}*`,
    signOnUrl: `${jumpCloud} and copy *${labels.jumpcloud.signOnUrl}* ${pasteUrl}`,
    issuer: `${jumpCloud} and copy *${labels.jumpcloud.issuer}* ${pasteIssuer}`,
    certificate: `open the application’s *IDP Certificate Valid* > *${labels.jumpcloud.certificate}* ${addCertificate}`,
    signAssertion: `${jumpCloud} and set *Sign* to *Assertion* (in older consoles, tick *Sign Assertion*)`,
    signResponse: `${jumpCloud} and set *Sign* to *Response* (in older consoles, untick *Sign Assertion*)`,
    signBoth: `${jumpCloud} and set *Sign* to *Assertion and Response*`,
    algorithm: `${jumpCloud} and set *Signature Algorithm* to *RSA-SHA256*`,
    encryption: {
      lacks: 'JumpCloud is not known to encrypt assertions: set require_encrypted of this connection to false.',
    },
    nameId: `${jumpCloud} and set *SAMLSubject NameID* to *email* and *SAMLSubject NameID Format* to *emailAddress* or *persistent*`,
    unsolicited: `${jumpCloud} and set *Login URL* to this connection’s sign-in address, so that the tile begins here`,
    attributes: `${jumpCloud} > *Attributes* and add the attribute, or tick *include group attribute*`,
    people: 'open the application’s *User Groups* and tick a group of the person',
    clock: vendorClock('JumpCloud'),
  },
  duo: {
    acs: `${duo} > *Service Provider* and set *${labels.duo.acs}*`,
    audience: `${duo} > *Service Provider* and set *${labels.duo.entityId}*`,
    signOnUrl: `${duo} > *Metadata* and copy *${labels.duo.signOnUrl}* ${pasteUrl}`,
    issuer: `${duo} > *Metadata* and copy *${labels.duo.issuer}* ${pasteIssuer}`,
    certificate: `${duo} > *Downloads* > *${labels.duo.certificate}* ${addCertificate}`,
    signAssertion: `${duo} > *SAML Response* > *Signing options* and tick *Sign assertion*`,
    signResponse: `${duo} > *SAML Response* > *Signing options* and tick *Sign response*`,
    signBoth: `${duo} > *SAML Response* > *Signing options* and tick *Sign response* and *Sign assertion*`,
    algorithm: `${duo} > *SAML Response* and set *Signature algorithm* to *SHA256*`,
    encryption: `${duo} > *SAML Response* > *Assertion encryption* and upload the encryption certificate of ${ourMetadata}`,
    nameId: `${duo} > *SAML Response* and set *NameID format* to *emailAddress* or *persistent*, and *NameID attribute* to what stays the same`,
    unsolicited: `${duo} > *Service Provider* and set *Service Provider Login URL* to this connection’s sign-in address, so that the tile begins here`,
    attributes: `${duo} > *SAML Response* and fill *Map attributes* (and *Role attributes* for groups)`,
    people: `${duo} > *User access* and enable it for a group of the person`,
    clock: vendorClock('Duo Single Sign-On'),
  },
  auth0: {
    acs: `${auth0} > *Settings* and set *${labels.auth0.acs}* (and *destination* and *recipient* of the JSON, if they are there)`,
    audience: `${auth0} > *Settings* and set *${labels.auth0.entityId}* of the JSON`,
    signOnUrl: `${auth0} > *Usage* and copy *${labels.auth0.signOnUrl}* ${pasteUrl}`,
    issuer: `${auth0} > *Usage* and copy *${labels.auth0.issuer}* ${pasteIssuer}`,
    certificate: `${auth0} > *Usage*, download *${labels.auth0.certificate}* ${addCertificate}`,
    signAssertion: `${auth0} > *Settings* and set *signResponse* of the JSON to *false*`,
    signResponse: `${auth0} > *Settings* and set *signResponse* of the JSON to *true*`,
    signBoth: {
      lacks: 'Auth0 signs the response or the assertion, never both: set require_signed of this connection to any.',
    },
    algorithm: `${auth0} > *Settings* and set *signatureAlgorithm* of the JSON to *rsa-sha256* and *digestAlgorithm* to *sha256*`,
    encryption: `write an *Action* that sets *encryptionCert* and *encryptionPublicKey* to the encryption certificate of ${ourMetadata}`,
    nameId: `${auth0} > *Settings* and set *nameIdentifierFormat* and *nameIdentifierProbes* of the JSON to a name that stays the same`,
    unsolicited: {
      lacks:
        'Auth0 begins on its own only where somebody was given a link to it: give people this connection’s sign-in address instead.',
    },
    attributes: `${auth0} > *Settings* and add the attribute to *mappings* of the JSON`,
    people: 'open the application’s *Connections* and switch on one in which the person is',
    clock: vendorClock('Auth0'),
  },
} as const satisfies Record<string, Console>
