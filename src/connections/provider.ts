// The identity providers that we know by name. A provider sets sensible defaults and the words of a guide, never a weaker check.

/** Every value of `provider`, with the name that its people know it by. */
export const providers = {
  'entra-id': 'Microsoft Entra ID',
  okta: 'Okta',
  onelogin: 'OneLogin',
  pingone: 'PingOne',
  pingfederate: 'PingFederate',
  adfs: 'Microsoft AD FS',
  google: 'Google Workspace',
  jumpcloud: 'JumpCloud',
  duo: 'Duo Single Sign-On',
  auth0: 'Auth0',
  keycloak: 'Keycloak',
  shibboleth: 'Shibboleth',
  simplesamlphp: 'SimpleSAMLphp',
  custom: 'Another identity provider',
} as const

/** A known identity provider. */
export type Provider = keyof typeof providers

const ws = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

/** Claim → attribute names, the first that is present wins: what the known providers send by default, and the usual OIDs. */
export const defaultAttributes: Readonly<Record<string, readonly string[]>> = {
  email: [
    `${ws}/emailaddress`,
    'email',
    'mail',
    'Email',
    'User.email',
    'urn:oid:0.9.2342.19200300.100.1.3',
    'urn:oid:1.2.840.113549.1.9.1',
  ],
  name: [
    'http://schemas.microsoft.com/identity/claims/displayname',
    'name',
    'displayName',
    'display_name',
    'cn',
    'urn:oid:2.16.840.1.113730.3.1.241',
    'urn:oid:2.5.4.3',
    // A name at AD FS and Auth0; at Entra ID it holds the user principal name, so it comes last.
    `${ws}/name`,
  ],
  given_name: [
    `${ws}/givenname`,
    'given_name',
    'givenName',
    'firstName',
    'firstname',
    'User.FirstName',
    'first_name',
    'urn:oid:2.5.4.42',
  ],
  family_name: [
    `${ws}/surname`,
    'family_name',
    'sn',
    'lastName',
    'lastname',
    'User.LastName',
    'last_name',
    'surname',
    'urn:oid:2.5.4.4',
  ],
  groups: [
    'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
    'groups',
    'memberOf',
    'group',
    'http://schemas.xmlsoap.org/claims/Group',
    'urn:oid:1.3.6.1.4.1.5923.1.5.1.1',
  ],
}
