// Every rule on every response, no early exit: the verdicts are the explanation.

import type { ProblemCode } from '../problem.ts'
import type { Check } from './inquiry.ts'
import type { Examined } from './response.ts'
import type { Expected, Rule } from './rule.ts'
import { rules } from './rules.ts'

/** Judges an examined response by every rule. `now` in milliseconds. */
export function judge(examined: Examined, expected: Expected, now: number): Check[] {
  return Object.entries<Rule>(rules).map(([name, rule]) => {
    const finding = rule.judge(examined, expected, now)
    if (!finding) return { name, verdict: 'pass', expected: rule.section, received: '', fix: '' }
    return { name, verdict: 'fail', ...finding }
  })
}

/** The code of the first broken rule, or undefined where every rule holds. */
export function verdict(checks: readonly Check[]): ProblemCode | undefined {
  const broken = checks.find(check => check.verdict === 'fail')
  return broken && (rules as Record<string, Rule>)[broken.name]?.code
}
