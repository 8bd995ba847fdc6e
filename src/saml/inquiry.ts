// The record of one judgement: every check that was made, in order, with its verdict. It is what `/logins/{trace_id}` and
// `explain` show. A step that throws is recorded as failed and the steps after it as skipped.

import { Problem, type ProblemCode, problems } from '../problem.ts'

/** One check of a judgement. Texts are for an operator; nothing of it is shown to the person who signs in. */
export interface Check {
  name: string
  verdict: 'pass' | 'fail' | 'skip'
  expected: string
  received: string
  fix: string
}

/** The steps around the rules, in the order in which they are taken (the rules before the last two): name → what is expected. */
export const steps = {
  message: 'SAMLResponse is base64 of UTF-8 text, at most 256 KiB',
  login: 'a login under way at this connection, begun in this browser',
  xml: 'well-formed XML without DOCTYPE, comments or processing instructions, of the size of a SAML response',
  schema: 'a message that follows the SAML 2.0 protocol schema',
  status: 'the identity provider reports success',
  layout: 'one assertion in one Response, each signature directly inside what it signs',
  signature: 'a signature by one of this connection’s certificates',
  decryption: 'an assertion that is encrypted for one of our certificates, where it is encrypted',
  second_opinion: 'two independent verifiers read the same signed content',
  claims: 'all that the connection requires of a person, within its domains, and no more than a token can hold',
  replay: 'a login and an assertion that were not used before',
} as const

/** The name of a step. */
export type StepName = keyof typeof steps

/** What to change, by the code with which a step fails. */
export const fixes: Partial<Record<ProblemCode, string>> = {
  response_encoding: 'Send the Response by HTTP-POST, base64-encoded, in the form field SAMLResponse.',
  login_unknown: 'Begin at this service’s sign-in address; if it was begun there, allow cookies for this site.',
  login_other_browser: 'Finish the sign-in in the browser in which it began.',
  login_other_connection: 'Give each application at the identity provider the ACS URL of its own connection.',
  login_expired: 'Begin again; sign in within the time that LOGIN_TTL allows.',
  login_used: 'Begin again; a response is taken once.',
  unsolicited_response: 'Start at this service’s sign-in address, or set allow_idp_initiated for this connection.',
  xml_forbidden: 'Take the named construct out of the response.',
  xml_limits: 'Send fewer attributes or groups; filter groups at the identity provider.',
  xml_malformed: 'The message was cut or changed on its way, or is no XML: look at it with a SAML tracer.',
  schema_invalid:
    'The identity provider builds a message that SAML 2.0 does not allow: report this text to its vendor.',
  status_not_success: 'Look up this status in the identity provider’s own log; it refused before a person came to us.',
  response_layout: 'Send one assertion a response.',
  duplicate_id: 'Every ID in a message must be unique.',
  signature_missing: 'Switch on signing of the assertion or of the response at the identity provider.',
  signature_layout: 'Sign the whole Response or Assertion with an enveloped signature and exclusive canonicalisation.',
  signature_algorithm: 'Sign with RSA-SHA256 and a SHA-256 digest.',
  signature_unknown_key:
    'Did the identity provider change its certificate? Give this connection the one that it signs with.',
  signature_digest:
    'Something between the identity provider and us changed the message: look for proxies that rewrite it.',
  second_opinion: 'Report this: two verifiers disagree about a signature that one of them accepts.',
  encryption_layout: 'Encrypt the assertion as XML Encryption says, with the key inside the message.',
  encryption_algorithm: 'Encrypt with AES-256-GCM and RSA-OAEP.',
  encryption_cbc_unsigned: 'Use AES-GCM, or sign the Response too, or set allow_cbc_unsigned for this connection.',
  groups_overage:
    'In Microsoft Entra ID, open *Enterprise apps* > the application > *Single sign-on* > *Attributes & Claims* > *Edit* > the group claim and choose *Groups assigned to the application*; or set on_group_overage of this connection to continue or keep_last.',
  claim_out_of_scope:
    'If the domain is theirs, add it to this connection’s domains; otherwise their identity provider states names that are somebody else’s.',
  claim_missing: 'Send the attribute at the identity provider, or map the claim to a name that did come.',
  claims_too_large:
    'Give the claim’s rule the member only, with the few values that count; or set its in_token to false, and grant roles from it.',
  assertion_replayed: 'Begin again; an assertion is taken once. If nobody posted it twice, somebody is replaying it.',
  decryption_failed: 'Encrypt for the certificate in this connection’s metadata; take the newest metadata.',
}

/** One judgement in the making. */
export interface Inquiry {
  readonly checks: Check[]
  /**
   * Takes a step: what it throws is recorded and thrown on. `received` says what was seen when it passed, `expected` replaces
   * the step's own words where more is known.
   */
  step<T>(name: StepName, work: () => T, received?: (result: T) => string, expected?: string): T
}

/**
 * Opens the record of one judgement. A step that is taken again (inside what was encrypted) replaces its verdict. `begin` is told of
 * each step, and what it answers of the step's end.
 */
export function openInquiry(begin: (step: StepName) => () => void = () => () => undefined): Inquiry {
  const checks: Check[] = []
  const record = (check: Check) => {
    const before = checks.findIndex(one => one.name === check.name)
    checks.splice(before === -1 ? checks.length : before, before === -1 ? 0 : 1, check)
  }
  return {
    checks,
    step(name, work, received, expected = steps[name]) {
      const end = begin(name)
      try {
        const result = work()
        record({ name, verdict: 'pass', expected, received: received?.(result) ?? '', fix: '' })
        return result
      } catch (error) {
        if (error instanceof Problem) record({ ...failed(name, error), expected })
        throw error
      } finally {
        end()
      }
    },
  }
}

/** The failed check that a step leaves behind. */
export function failed(name: StepName, problem: Problem): Check {
  const received = problem.detail ?? problems[problem.code][1]
  return { name, verdict: 'fail', expected: steps[name], received, fix: fixes[problem.code] ?? '' }
}

/** All steps in their order, those that were not taken as skipped, and then whatever else was checked. */
export function complete(checks: readonly Check[]): Check[] {
  const taken = new Map(checks.map(check => [check.name, check]))
  const inOrder = Object.entries(steps).map(
    ([name, expected]): Check => taken.get(name) ?? { name, verdict: 'skip', expected, received: '', fix: '' },
  )
  return [...inOrder, ...checks.filter(check => !Object.hasOwn(steps, check.name))]
}
