// Times against the clock: every comparison is written so that a NaN breaks it.

import type { Assertion } from './assertion.ts'
import type { Finding } from './rule.ts'
import { formatTime, parseTime } from './time.ts'

/** What is wrong with a NotBefore, `clockSkew` in seconds, `now` in milliseconds; undefined where it holds or is absent. */
export function early(time: string | undefined, clockSkew: number, now: number): Finding | undefined {
  if (time === undefined || parseTime(time) - clockSkew * 1000 <= now) return undefined
  return clocks(time, now, 'not before')
}

/** What is wrong with a NotOnOrAfter, `clockSkew` in seconds, `now` in milliseconds; undefined where it holds or is absent. */
export function late(time: string | undefined, clockSkew: number, now: number): Finding | undefined {
  if (time === undefined || now < parseTime(time) + clockSkew * 1000) return undefined
  return clocks(time, now, 'until')
}

function clocks(time: string, now: number, word: string): Finding {
  const fix =
    'Compare the clock of the identity provider with ours; raise clock_skew only for a difference that cannot be mended.'
  return { expected: `a time that includes ${formatTime(now)}, which is our time`, received: `${word} ${time}`, fix }
}

/** Every time of a response by name, as text. */
export function everyTime(issueInstant: string, assertion: Assertion): [string, string][] {
  const { conditions, confirmations, authnStatements } = assertion
  const all: [string, string | undefined][] = [
    ['IssueInstant of the Response', issueInstant],
    ['IssueInstant', assertion.issueInstant],
    ['NotBefore', conditions?.notBefore],
    ['NotOnOrAfter', conditions?.notOnOrAfter],
    ...confirmations.flatMap((one): [string, string | undefined][] => [
      ['NotBefore', one.notBefore],
      ['NotOnOrAfter', one.notOnOrAfter],
    ]),
    ...authnStatements.flatMap((one): [string, string | undefined][] => [
      ['AuthnInstant', one.authnInstant],
      ['SessionNotOnOrAfter', one.sessionNotOnOrAfter],
    ]),
  ]
  return all.filter((entry): entry is [string, string] => entry[1] !== undefined)
}
