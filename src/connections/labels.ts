// What each console calls the five values that pass between it and us, and its metadata. In the vendors' own words, each once:
// the explanations of refusals (consoles.ts) and the guides are made of them.

import type { Provider } from './provider.ts'

/** One console's names: where ours go (`acs`, `entityId`), where theirs stand. */
export interface Labels {
  acs: string
  entityId: string
  signOnUrl: string
  issuer: string
  certificate: string
  /** What holds all of theirs at once: an address, a file or a download. */
  metadata: string
}

/** The names, by provider; `custom` has none. */
export const labels = {
  'entra-id': {
    acs: 'Reply URL (Assertion Consumer Service URL)',
    entityId: 'Identifier (Entity ID)',
    signOnUrl: 'Login URL',
    issuer: 'Microsoft Entra Identifier',
    certificate: 'Certificate (Base64)',
    metadata: 'App Federation Metadata Url',
  },
  okta: {
    acs: 'Single sign-on URL',
    entityId: 'Audience URI (SP Entity ID)',
    signOnUrl: 'Sign on URL',
    issuer: 'Issuer',
    certificate: 'Signing Certificate',
    metadata: 'Metadata URL',
  },
  onelogin: {
    acs: 'ACS (Consumer) URL',
    entityId: 'Audience (EntityID)',
    signOnUrl: 'SAML 2.0 Endpoint (HTTP)',
    issuer: 'Issuer URL',
    certificate: 'X.509 Certificate',
    metadata: 'SAML Metadata',
  },
  pingone: {
    acs: 'ACS URLs',
    entityId: 'Entity ID',
    signOnUrl: 'Single Signon Service',
    issuer: 'Issuer ID',
    certificate: 'X509 PEM (.crt)',
    metadata: 'IDP Metadata URL',
  },
  pingfederate: {
    acs: 'Endpoint URL',
    entityId: 'Partner’s Entity ID (Connection ID)',
    signOnUrl: '/idp/SSO.saml2',
    issuer: 'SAML 2.0 Entity ID',
    certificate: 'Certificate Only',
    metadata: 'Metadata Export',
  },
  adfs: {
    acs: 'Relying party SAML 2.0 SSO service URL',
    entityId: 'Relying party trust identifier',
    signOnUrl: '/adfs/ls/',
    issuer: 'Federation Service identifier',
    certificate: 'Token-signing certificate',
    metadata: 'FederationMetadata.xml',
  },
  google: {
    acs: 'ACS URL',
    entityId: 'Entity ID',
    signOnUrl: 'SSO URL',
    issuer: 'Entity ID',
    certificate: 'Certificate',
    metadata: 'DOWNLOAD METADATA',
  },
  jumpcloud: {
    acs: 'ACS URLs',
    entityId: 'SP Entity ID',
    signOnUrl: 'IDP URL',
    issuer: 'IdP Entity ID',
    certificate: 'Download certificate',
    metadata: 'Copy Metadata URL',
  },
  duo: {
    acs: 'Assertion Consumer Service (ACS) URL',
    entityId: 'Entity ID',
    signOnUrl: 'Single Sign-On URL',
    issuer: 'Entity ID',
    certificate: 'Download certificate',
    metadata: 'Metadata URL',
  },
  auth0: {
    acs: 'Application Callback URL',
    entityId: 'audience',
    signOnUrl: 'Identity Provider Login URL',
    issuer: 'Issuer',
    certificate: 'Identity Provider Certificate',
    metadata: 'Identity Provider Metadata',
  },
  keycloak: {
    acs: 'Valid redirect URIs',
    entityId: 'Client ID',
    signOnUrl: 'SingleSignOnService',
    issuer: 'entityID',
    certificate: 'Certificate',
    metadata: 'SAML 2.0 Identity Provider Metadata',
  },
  shibboleth: {
    acs: 'AssertionConsumerService',
    entityId: 'entityID',
    signOnUrl: 'SingleSignOnService',
    issuer: 'entityID',
    certificate: 'credentials/idp-signing.crt',
    metadata: 'metadata/idp-metadata.xml',
  },
  simplesamlphp: {
    acs: 'AssertionConsumerService',
    entityId: "$metadata['…']",
    signOnUrl: 'SingleSignOnService',
    issuer: 'entityID',
    certificate: 'X509Certificate',
    metadata: 'SAML 2.0 IdP Metadata',
  },
} as const satisfies Record<Exclude<Provider, 'custom'>, Labels>
