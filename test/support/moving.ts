// What other software keeps, in the form that it has there: a Keycloak realm, connections of Auth0, options of node-saml.

import { selfSignedCertificate } from '../../src/saml/certificate.ts'
import { type TestIdp, testIdp } from './idp.ts'
import { rsaPair } from './rsa.ts'

/** A key pair of the software that is left, with its certificate. */
export interface OldKey {
  /** PKCS #8, PEM. */
  privateKey: string
  /** PEM. */
  certificate: string
  pair: ReturnType<typeof rsaPair>
}

/** Makes a key pair as the software that is left has it. */
export function oldKey(subject = 'old.example', pair = rsaPair()): OldKey {
  const notBefore = new Date(Date.now() - 86_400_000)
  const notAfter = new Date(Date.now() + 86_400_000)
  const certificate = selfSignedCertificate({ subject, ...pair, serial: Buffer.of(5), notBefore, notAfter })
  return { privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate, pair }
}

const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '')

/** A realm as `kc.sh export` writes it, two SAML providers, one of them OpenID Connect, keys for both purposes. */
export function keycloakRealm(idp: TestIdp, signing: OldKey, opening: OldKey) {
  const pkcs1 = signing.pair.privateKey.export({ type: 'pkcs1', format: 'der' }).toString('base64')
  const mapper = (name: string, kind: string, config: object, alias = 'acme') => {
    return { id: name, name, identityProviderAlias: alias, identityProviderMapper: kind, config }
  }
  return {
    id: 'e0a1',
    realm: 'shop',
    enabled: true,
    attributes: { frontendUrl: 'https://id.shop.example/auth' },
    identityProviders: [
      {
        alias: 'acme',
        displayName: 'Acme Entra ID',
        internalId: 'i1',
        providerId: 'saml',
        enabled: true,
        config: {
          ...{ validateSignature: 'true', signingCertificate: `${idp.bareCertificate},${testIdp().bareCertificate}` },
          ...{ idpEntityId: idp.issuer, singleSignOnServiceUrl: 'https://idp.example/sso', syncMode: 'FORCE' },
          ...{
            singleLogoutServiceUrl: 'https://idp.example/slo',
            postBindingLogout: 'true',
            postBindingResponse: 'true',
          },
          ...{ postBindingAuthnRequest: 'false', wantAuthnRequestsSigned: 'true', wantAssertionsSigned: 'true' },
          ...{
            wantAssertionsEncrypted: 'true',
            nameIDPolicyFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
          },
          ...{
            principalType: 'ATTRIBUTE',
            principalAttribute: 'employeeId',
            allowedClockSkew: '400',
            forceAuthn: 'false',
          },
        },
      },
      { alias: 'google', providerId: 'google', enabled: true, config: { clientId: 'x' } },
      {
        alias: 'bare',
        providerId: 'saml',
        enabled: false,
        config: { singleSignOnServiceUrl: 'https://bare.example/sso' },
      },
    ],
    identityProviderMappers: [
      mapper('mail', 'saml-user-attribute-idp-mapper', { 'attribute.name': 'urn:mail', 'user.attribute': 'email' }),
      mapper('first', 'saml-user-attribute-idp-mapper', {
        'attribute.friendly.name': 'gn',
        'user.attribute': 'firstName',
      }),
      mapper('sub', 'saml-user-attribute-idp-mapper', { 'attribute.name': 'x', 'user.attribute': 'sub' }),
      mapper('ops', 'saml-role-idp-mapper', { attribute: 'Role', 'attribute.value': 'ops', role: 'operator' }),
      mapper('star', 'saml-role-idp-mapper', { attribute: 'Role', 'attribute.value': 'a*', role: 'any' }),
      mapper('both', 'saml-advanced-role-idp-mapper', {
        attributes: JSON.stringify([
          { key: 'Role', value: 'boss' },
          { key: 'ou', value: 'IT' },
        ]),
        'are.attribute.values.regex': 'false',
        role: 'it.boss',
      }),
      mapper('name', 'saml-username-idp-mapper', { template: '$' + '{NAMEID}' }),
    ],
    components: {
      'org.keycloak.keys.KeyProvider': [
        {
          ...{ id: 'k1', name: 'rsa-generated', providerId: 'rsa-generated' },
          config: { privateKey: [pkcs1], certificate: [bare(signing.certificate)], keyUse: ['SIG'], priority: ['100'] },
        },
        {
          ...{ id: 'k2', name: 'rsa-enc-generated', providerId: 'rsa-enc-generated' },
          config: {
            privateKey: [bare(opening.privateKey)],
            certificate: [bare(opening.certificate)],
            priority: ['100'],
          },
        },
        { id: 'k3', name: 'hmac', providerId: 'hmac-generated', config: { secret: ['x'] } },
        { id: 'k4', name: 'masked', providerId: 'rsa', config: { privateKey: ['**********'], certificate: ['x'] } },
      ],
    },
  }
}

/** Connections as Auth0's Management API lists them. */
export function auth0Connections(idp: TestIdp, key: OldKey) {
  return [
    {
      ...{ id: 'con_1', name: 'acme-saml', display_name: 'Acme', strategy: 'samlp', enabled_clients: ['c1'] },
      options: {
        ...{
          signInEndpoint: 'https://idp.example/sso',
          signOutEndpoint: 'https://idp.example/slo',
          issuer: idp.issuer,
        },
        ...{ signingCert: Buffer.from(idp.certificate).toString('base64'), signSAMLRequest: true, debug: true },
        ...{ protocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', domain_aliases: ['acme.example'] },
        ...{ idpinitiated: { enabled: true, client_id: 'c1' }, signatureAlgorithm: 'rsa-sha256' },
        fieldsMap: { user_id: ['http://x/nameidentifier', 'uid'], email: 'mail', department: ['ou'], sub: 'x' },
        ...{ signing_key: { key: key.privateKey, cert: key.certificate }, decryptionKey: { key: key.privateKey } },
      },
    },
    {
      ...{ id: 'con_2', name: 'globex', strategy: 'samlp' },
      options: { signInEndpoint: 'https://globex.example/sso', cert: idp.certificate, signSAMLRequest: true },
    },
    { id: 'con_3', name: 'people', strategy: 'auth0', options: {} },
  ]
}

/** Options of two strategies of node-saml, by name. */
export function nodeSamlOptions(idp: TestIdp, key: OldKey) {
  return {
    acme: {
      ...{ entryPoint: 'https://idp.example/sso', issuer: 'https://app.example/sp', idpIssuer: idp.issuer },
      ...{
        callbackUrl: 'https://app.example/login/callback',
        idpCert: [idp.bareCertificate],
        acceptedClockSkewMs: 5000,
      },
      ...{ privateKey: key.privateKey, decryptionPvk: key.privateKey, signatureAlgorithm: 'sha256' },
      ...{ identifierFormat: null, authnRequestBinding: 'HTTP-POST', wantAuthnResponseSigned: false },
    },
    old: { entryPoint: 'https://old.example/sso', issuer: 'old', callbackUrl: 'https://app.example/old', cert: 'x' },
  }
}
