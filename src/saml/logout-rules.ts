// The table of rules for messages of single logout: what each must say, where that is written. All are judged. One without a
// counter-example in the tests does not compile.

import type { ProblemCode } from '../problem.ts'
import type { Check } from './inquiry.ts'
import type { LogoutMessage } from './logout-message.ts'
import { nameIdFormats } from './names.ts'
import { type Finding, unless } from './rule.ts'
import { formatTime, parseTime } from './time.ts'
import { late } from './windows.ts'

/** What a connection expects of a message; `clockSkew` in seconds. */
export interface LogoutExpected {
  issuers: readonly string[]
  /** Our address for these messages. */
  destination: string
  clockSkew: number
}

/** A rule: its code when broken, its place in the specifications, and the predicate; undefined: it holds. */
export interface LogoutRule {
  code: ProblemCode
  section: string
  judge(message: LogoutMessage, expected: LogoutExpected, now: number): Finding | undefined
}

// How old a message may be, beyond the skew of clocks.
const lifeMs = 300_000
// The largest skew that a connection may have: what was used is remembered that long in any case.
const mostSkewMs = 300_000

/** The rules, by name, in the order in which they are shown. */
export const logoutRules = {
  version: {
    code: 'version_mismatch',
    section: 'saml-core §3.2.1, §3.2.2',
    judge: ({ version }) => unless(version === '2.0', '2.0', version, 'Use SAML 2.0 at the identity provider.'),
  },
  issuer: {
    code: 'issuer_mismatch',
    section: 'saml-profiles §4.4.4',
    judge: ({ issuer, issuerFormat }, { issuers }) =>
      unless(
        issuers.includes(issuer) && (issuerFormat ?? nameIdFormats.entity) === nameIdFormats.entity,
        issuers.join(' or '),
        issuer,
        'Requests and responses must come from the issuer that the connection names.',
      ),
  },
  destination: {
    code: 'destination_mismatch',
    section: 'saml-bindings §3.4.5.2, §3.5.5.2',
    judge: ({ destination }, expected) =>
      unless(
        destination === expected.destination,
        expected.destination,
        destination,
        'Set the single logout URL at the identity provider to the expected address, exactly.',
      ),
  },
  issue_instant: {
    code: 'logout_stale',
    section: 'saml-core §3.2.1',
    judge: ({ issueInstant }, { clockSkew }, now) => {
      const age = now - parseTime(issueInstant)
      const holds = age <= lifeMs + clockSkew * 1000 && age >= -clockSkew * 1000
      return unless(holds, `a time about ${formatTime(now)}`, issueInstant, 'Let both clocks keep time by NTP.')
    },
  },
  not_on_or_after: {
    code: 'logout_stale',
    section: 'saml-core §3.7.1',
    judge: ({ notOnOrAfter, issueInstant }, { clockSkew }, now) =>
      late(notOnOrAfter, { now, clockSkew, issued: issueInstant }),
  },
  name: {
    code: 'subject_missing',
    section: 'saml-core §3.7.1',
    judge: ({ element, nameID }) =>
      unless(
        element === 'LogoutResponse' || (nameID?.value ?? '') !== '',
        'a NameID or an EncryptedID',
        undefined,
        'Name the person as in the assertion.',
      ),
  },
} as const satisfies Record<string, LogoutRule>

/** The name of a rule of single logout. */
export type LogoutRuleName = keyof typeof logoutRules

/** Judges a message by every rule. `now` in milliseconds. */
export function judgeLogout(message: LogoutMessage, expected: LogoutExpected, now: number): Check[] {
  return Object.entries<LogoutRule>(logoutRules).map(([name, rule]) => {
    const finding = rule.judge(message, expected, now)
    if (!finding) return { name, verdict: 'pass', expected: rule.section, received: '', fix: '' }
    return { name, verdict: 'fail', ...finding }
  })
}

/** The code of the first broken rule, or undefined where every rule holds. */
export function logoutVerdict(checks: readonly Check[]): ProblemCode | undefined {
  const broken = checks.find(check => check.verdict === 'fail')
  return broken && (logoutRules as Record<string, LogoutRule>)[broken.name]?.code
}

/** Until when, in milliseconds, a message that passed could pass again. */
export function logoutAcceptableUntil({ issueInstant }: LogoutMessage): number {
  return parseTime(issueInstant) + lifeMs + mostSkewMs
}
