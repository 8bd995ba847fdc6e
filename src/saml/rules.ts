// The table of rules: what an assertion must say, where that is written, and what to change when it does not. Every rule is
// judged, none ends the judgement early. A rule without a counter-example in the tests does not compile.

import { named } from './assertion.ts'
import { confirmationFaults } from './confirmation.ts'
import { nameIdFormats } from './names.ts'
import { policyRules } from './policy-rules.ts'
import { none, type Rule, unless } from './rule.ts'
import { parseTime } from './time.ts'
import { early, everyTime, late } from './windows.ts'

// The Format of an Issuer, where it has one (saml-core §8.3.6).
function isEntity(format: string | undefined): boolean {
  return format === undefined || format === nameIdFormats.entity
}

/** The rules, by name. The order is the order in which they are shown; the first broken one names the refusal. */
export const rules = {
  version: {
    code: 'version_mismatch',
    section: 'saml-core §2.3.3, §3.2.2',
    judge: ({ envelope, assertion }) =>
      unless(
        envelope.version === '2.0' && assertion.version === '2.0',
        '2.0',
        `${envelope.version} and ${assertion.version}`,
        'Use SAML 2.0 at the identity provider.',
      ),
  },
  issuer: {
    code: 'issuer_mismatch',
    section: 'saml-profiles §4.1.4.2',
    judge: ({ assertion: { issuer, issuerFormat } }, expected) =>
      unless(
        issuer === expected.issuer && isEntity(issuerFormat),
        expected.issuer,
        issuer,
        'If this is your identity provider, set the connection’s issuer to what was received, exactly.',
      ),
  },
  response_issuer: {
    code: 'issuer_mismatch',
    section: 'saml-profiles §4.1.4.2',
    judge: ({ envelope: { issuer, issuerFormat }, assertionSigned }, expected) =>
      unless(
        issuer === undefined ? assertionSigned : issuer === expected.issuer && isEntity(issuerFormat),
        expected.issuer,
        issuer,
        'Response and Assertion must come from one issuer, the one that the connection names.',
      ),
  },
  destination: {
    code: 'destination_mismatch',
    section: 'saml-bindings §3.5.5.2',
    judge: ({ envelope: { destination }, responseSigned }, { acsUrls }) =>
      unless(
        destination === undefined ? !responseSigned : acsUrls.includes(destination),
        acsUrls.join(' or '),
        destination,
        'Set the ACS URL (reply URL) at the identity provider to the expected address, exactly.',
      ),
  },
  in_response_to: {
    code: 'in_response_to_mismatch',
    section: 'saml-profiles §4.1.4.3',
    judge: ({ envelope: { inResponseTo } }, expected) =>
      unless(
        inResponseTo === (expected.inResponseTo ?? undefined),
        expected.inResponseTo ?? none,
        inResponseTo,
        'Begin again; the response must answer the request of this very login.',
      ),
  },
  times: {
    code: 'time_malformed',
    section: 'saml-core §1.3.3',
    judge: ({ envelope, assertion }) => {
      const wrong = everyTime(envelope.issueInstant, assertion).filter(([, value]) => Number.isNaN(parseTime(value)))
      const received = wrong.map(([name, value]) => `${name}="${value}"`).join(', ')
      return unless(
        wrong.length === 0,
        'times such as 2026-01-31T12:00:00Z',
        received,
        'Send times in UTC as xs:dateTime.',
      )
    },
  },
  conditions: {
    code: 'conditions_missing',
    section: 'saml-profiles §4.1.4.2',
    judge: ({ assertion: { conditions } }) =>
      unless(conditions !== undefined, 'a Conditions element', none, 'Send Conditions with an AudienceRestriction.'),
  },
  known_conditions: {
    code: 'condition_unknown',
    section: 'saml-core §2.5.1',
    judge: ({ assertion: { conditions } }) => {
      const unknown = conditions?.unknown ?? []
      const fix = 'Take this condition out: whoever does not understand one must refuse.'
      return unless(unknown.length === 0, 'AudienceRestriction, OneTimeUse, ProxyRestriction', unknown.join(', '), fix)
    },
  },
  audience: {
    code: 'audience_mismatch',
    section: 'saml-core §2.5.1.4',
    judge: ({ assertion: { conditions } }, { spEntityId }) => {
      const restrictions = conditions?.audienceRestrictions ?? []
      const holds = restrictions.length > 0 && restrictions.every(audiences => audiences.includes(spEntityId))
      const received = restrictions.map(audiences => audiences.join(' or ')).join(' and ')
      const fix = 'Set the Audience (SP entity ID) at the identity provider to the expected value, exactly.'
      return conditions && unless(holds, spEntityId, received, fix)
    },
  },
  not_before: {
    code: 'assertion_not_yet_valid',
    section: 'saml-core §2.5.1.2',
    judge: ({ assertion: { conditions, issueInstant: issued } }, { clockSkew }, now) =>
      early(conditions?.notBefore, { now, clockSkew, issued }),
  },
  not_on_or_after: {
    code: 'assertion_expired',
    section: 'saml-core §2.5.1.2',
    judge: ({ assertion: { conditions, issueInstant: issued } }, { clockSkew }, now) =>
      late(conditions?.notOnOrAfter, { now, clockSkew, issued }),
  },
  subject: {
    code: 'subject_missing',
    section: 'saml-profiles §4.1.4.2',
    judge: ({ assertion }, { subject }) =>
      unless(
        assertion.hasSubject &&
          (subject === null ? (assertion.nameID?.value.trim() ?? '') !== '' : named(assertion, subject) !== undefined),
        subject === null ? 'a Subject with a NameID' : `a Subject, and one value of the attribute ${subject}`,
        subject === null ? assertion.nameID?.value : assertion.attributes.map(one => one.name).join(', '),
        'Release this name at the identity provider, or let the connection’s subject name an attribute that it sends.',
      ),
  },
  confirmation: {
    code: 'subject_confirmation',
    section: 'saml-profiles §4.1.4.2',
    judge: ({ assertion }, expected, now) => {
      if (!assertion.hasSubject) return undefined
      const faults = confirmationFaults(assertion, expected, now)
      const fix = 'Set the ACS URL at the identity provider to the expected Recipient, and check both clocks.'
      const wanted = `a bearer confirmation for ${expected.acsUrls.join(' or ')}, in time, answering ${expected.inResponseTo ?? 'no request'}`
      return unless(faults.includes(undefined), wanted, faults.join('; ') || 'no bearer confirmation', fix)
    },
  },
  authn_statement: {
    code: 'authn_statement_missing',
    section: 'saml-profiles §4.1.4.2',
    judge: ({ assertion: { authnStatements } }) =>
      unless(authnStatements.length > 0, 'an AuthnStatement', none, 'Send an AuthnStatement with every assertion.'),
  },
  session_not_on_or_after: {
    code: 'session_expired',
    section: 'saml-core §2.7.2',
    judge: ({ assertion: { authnStatements, issueInstant: issued } }, { clockSkew }, now) =>
      authnStatements
        .map(one => late(one.sessionNotOnOrAfter, { now, clockSkew, issued }))
        .find(found => found !== undefined),
  },
  ...policyRules,
} as const satisfies Record<string, Rule>

/** The name of a rule. */
export type RuleName = keyof typeof rules
