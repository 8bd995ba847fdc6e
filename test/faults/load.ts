// People who sign in all the time, each on their own, until told to stop; every login is counted, and kept.

import { setTimeout as sleep } from 'node:timers/promises'
import { begin, deliver, openVisitor, tokenOf, type Visitor, type Where } from './visitor.ts'

/** What came of a load. */
export interface Outcome {
  /** Browsers that are signed in, as they were told, with the form that did it. */
  signedIn: { visitor: Visitor; form: Record<string, string> }[]
  /** What went wrong, with the time in milliseconds since the load began. */
  failures: { at: number; why: string }[]
  /** Milliseconds of each login. */
  took: number[]
}

/** Begins a load of so many people at `base`; what it answers stops it. */
export function beginLoad(base: string, where: Where, people = 6, pause = 50): () => Promise<Outcome> {
  const outcome: Outcome = { signedIn: [], failures: [], took: [] }
  const began = performance.now()
  let stopped = false
  const person = async () => {
    while (!stopped) {
      const visitor = openVisitor()
      const start = performance.now()
      try {
        const form = await begin(visitor, base, where)
        const answer = await deliver(visitor, base, where, form)
        if (answer.status !== 303) throw new Error(`the ACS answered ${answer.status} ${answer.text}`)
        outcome.signedIn.push({ visitor, form })
        await tokenOf(visitor, base)
        outcome.took.push(performance.now() - start)
      } catch (error) {
        outcome.failures.push({ at: performance.now() - began, why: String(error).slice(0, 300) })
      }
      await sleep(pause)
    }
  }
  const all = Promise.all(Array.from({ length: people }, person))
  return async () => {
    stopped = true
    await all
    return outcome
  }
}

/** The time below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}
