// Where judgements are made. A message of usual size is judged at once; a large one goes to a thread with a deadline, so that one
// that a hostile tenant's own identity provider signed does not hold the event loop.

import { Piscina } from 'piscina'
import { type Admission, type Asker, type Hearing, judgeResponse } from './logins/judgement.ts'
import { openPlaces } from './logins/places.ts'
import { Problem, type ProblemCode } from './problem.ts'
import type { Check, Inquiry } from './saml/inquiry.ts'
import type { Tools } from './saml/response.ts'
import type { StepWatch } from './see/spans.ts'

/** What a thread is given: everything but the tools, which it has itself. */
export type Task = Omit<Hearing, 'tools'> & { crossCheck: boolean }

/** What a thread answers: the checks, and the admission or the Problem. */
export interface Verdict {
  checks: Check[]
  admission: Admission | undefined
  refused: { code: ProblemCode; detail: string | undefined; stranger: string | undefined } | undefined
  /** What a `StepWatch` is to be told. */
  took: Parameters<StepWatch>[]
}

/** A judge: as `judgeResponse`, whenever it is done. Throws `too_many_requests` and `unavailable` as places.ts says. */
export type Judge = (hearing: Omit<Hearing, 'tools'>, inquiry: Inquiry, asker: Asker) => Promise<Admission>

// The second opinion costs by the element. Measured on a quiet machine, signed, of the worst shapes that stay below both numbers:
// 14 ms; twice as much of either takes more than 20.
const manyCharacters = 10_000
const manyTags = 400
// From the queue to the answer, the start of a cold thread included.
const deadlineMs = 5_000
const queue = 64

/** The judges; `load` says how busy their threads are, `close` ends them. */
export interface Judging {
  judge: Judge
  load: () => { queued: number; threads: number }
  close: () => Promise<void>
}

/** Opens the judges; `watch` is told of the steps that were taken in a thread, all at once. */
export function openJudging(tools: Tools, watch: StepWatch): Judging {
  const threads = new Piscina<Task, Verdict>({
    filename: new URL('judging-thread.ts', import.meta.url).href,
    name: 'judge',
    minThreads: 0,
    maxThreads: 2,
    maxQueue: queue,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  const crossCheck = tools.opinion !== undefined
  const places = openPlaces(queue)
  return {
    judge: async (hearing, inquiry, asker) => {
      if (!isLarge(hearing.message)) return judgeResponse({ ...hearing, tools }, inquiry)
      const { checks, admission, refused, took } = await places.within(asker, hearing.ready.connection.id, () => {
        const signal = AbortSignal.timeout(deadlineMs)
        return threads.run({ ...hearing, crossCheck }, { signal }).catch(late)
      })
      for (const step of took) watch(...step)
      inquiry.checks.push(...checks)
      if (refused) throw problemOf(refused)
      if (!admission) throw new Problem('internal_error')
      // A Buffer comes through a thread's door as plain bytes.
      return { ...admission, subjectHash: Buffer.from(admission.subjectHash) }
    },
    load: () => ({ queued: threads.queueSize, threads: threads.threads.length }),
    close: () => threads.destroy(),
  }
}

function problemOf({ code, detail, stranger }: NonNullable<Verdict['refused']>): Problem {
  return new Problem(code, { stranger, ...(detail === undefined ? {} : { detail }) })
}

function isLarge(message: string): boolean {
  return message.length >= manyCharacters || message.split('<', manyTags + 1).length > manyTags
}

function late(cause: unknown): never {
  throw new Problem('unavailable', { cause })
}
