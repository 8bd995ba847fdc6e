// Google Workspace: `&#13;` in its base64, a subject name before the certificate, xs:anyType, an attribute without a value.

import { common, context, format, idpInitiated, type Profile } from '../profile.ts'

const mapping = (name: string, ...values: string[]) => ({ name, values, type: 'xs:anyType' })
const person = [mapping('email', 'alex@example.com'), mapping('firstName', 'Alex'), mapping('lastName', 'Example')]

export const google: Profile = {
  ...common,
  name: 'Google Workspace',
  provider: 'google',
  issuer: 'https://accounts.google.com/o/saml2?idpid=C01abcd23',
  declaration: '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
  prefixes: { protocol: 'saml2p', assertion: 'saml2', dsig: 'ds' },
  responseAttributes: ['Destination', 'ID', 'InResponseTo', 'IssueInstant', 'Version'],
  ids: { response: '_68bcda6fcbd2c5d2ab45b5e7fa1a5a3c', assertion: '_d5ec7a9b0f4a4b1e8c2f6d7e9a0b1c2d' },
  times: { response: 'milliseconds', assertion: 'milliseconds', authn: 'zeros' },
  windows: { notBefore: -300, notOnOrAfter: 300, confirmation: 300, session: null, authn: -362 },
  order: ['Subject', 'Conditions', 'AttributeStatement', 'AuthnStatement'],
  nameId: { format: format.unspecified, value: 'alex@example.com' },
  authnContext: context.unspecified,
  sessionIndex: 'assertion',
  attributes: [...person, { name: 'phone', values: [] }, mapping('groups', 'Engineering')],
  signs: 'assertion',
  keyInfo: 'subject-first',
  wrap: { signature: 'carriage-returns', certificate: 'carriage-returns' },
  canEncrypt: null,
  claims: { email: 'alex@example.com', given_name: 'Alex', family_name: 'Example', groups: ['Engineering'] },
  variants: {
    'Signed response': { change: { signs: 'response' } },
    'line feeds alone, as before 2021': { change: { wrap: { signature: 'lines', certificate: 'lines' } } },
    'only attributes without a value': {
      change: { attributes: person.map(one => ({ name: one.name, values: [] })) },
      claims: { email: undefined, given_name: undefined, family_name: undefined, groups: undefined },
    },
    'NameID without a Format': { change: { nameId: { format: null, value: 'alex@example.com' } } },
    'app launcher': idpInitiated,
  },
  labels: {
    acs: 'ACS URL',
    audience: 'Entity ID',
    certificate: 'Certificate',
    signAssertion: 'Signed response',
    signResponse: 'Signed response',
    nameId: 'Name ID format',
  },
}
