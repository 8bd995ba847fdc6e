// Times against the clock: every comparison is written so that a NaN breaks it.

import type { Assertion } from './assertion.ts'
import type { Finding } from './rule.ts'
import { formatTime, parseTime } from './time.ts'

/** A moment to judge at: `now` in milliseconds, what is tolerated in seconds, and when the message says it was issued. */
export interface Moment {
  now: number
  clockSkew: number
  issued: string
}

/** What is wrong with a NotBefore; undefined where it holds or is absent. */
export function early(time: string | undefined, moment: Moment): Finding | undefined {
  if (time === undefined || parseTime(time) - moment.clockSkew * 1000 <= moment.now) return undefined
  return clocks(
    `not before ${time}`,
    moment,
    'The clock of the identity provider is ahead of ours: let both keep time by NTP.',
  )
}

/** What is wrong with a NotOnOrAfter; undefined where it holds or is absent. */
export function late(time: string | undefined, moment: Moment): Finding | undefined {
  if (time === undefined || moment.now < parseTime(time) + moment.clockSkew * 1000) return undefined
  const fix =
    'Begin again. If it is late every time, the clock of the identity provider is behind ours: let both keep time by NTP.'
  return clocks(`until ${time}`, moment, fix)
}

function clocks(window: string, { now, issued }: Moment, fix: string): Finding {
  const ours = formatTime(now)
  const theirs = Number.isNaN(parseTime(issued)) ? issued : formatTime(parseTime(issued))
  const sameDay = ours.slice(0, 10) === theirs.slice(0, 10)
  const clock = (time: string) => (sameDay ? time.slice(11, 19) : time)
  const received = `${window}; your identity provider says ${clock(theirs)}, we say ${clock(ours)}`
  return { expected: `a time that includes ${ours}`, received, fix }
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
