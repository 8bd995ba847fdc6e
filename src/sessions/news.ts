// How long memory may be believed. A poll asks the database what was ended and changed elsewhere: one statement for the whole
// process, every two seconds, only while there is something to answer. It runs beside the requests; they wait for it, a second
// at most, only where the last one is older than four: what was ended anywhere is refused everywhere within five.

import { Problem } from '../problem.ts'
import { atMost } from '../recent.ts'

/** What the poll may use. `hear` rejects where the database is away; `forget` drops all that is remembered. */
export interface NewsDeps {
  hear: (since: Date) => Promise<void>
  forget: () => Promise<void>
  clock: () => Date
  onError: (error: unknown) => void
  /** Seconds for which memory is believed while the database does not answer. */
  offlineTtl: number
}

// Milliseconds.
const every = 2_000
const believed = 4_000
const patience = 1_000
// Somebody has waited in vain, or a poll has failed after as long: for so long nobody else waits where memory may answer.
const vain = 15_000
// A statement may be under way for ten seconds and the clocks of replicas may differ: what was told lately is asked for again.
const overlap = 30_000
// Whoever has not listened for so long starts anew: well below the time after which the database forgets what was ended.
const deaf = 600_000
// As long after the last request the poll goes on by itself, so that the next one finds it done.
const wanted = 60_000

/** Opens the news. `trust` returns or resolves where memory may be believed, and rejects with `unavailable` where it may not. */
export function openNews({ hear, forget, clock, onError, offlineTtl }: NewsDeps) {
  const opened = clock().getTime()
  let heardAt = Number.NEGATIVE_INFINITY
  let failedAt = Number.NEGATIVE_INFINITY
  let wantedAt = Number.NEGATIVE_INFINITY
  let turns = 0
  let heardTurn = 0
  let doubtedTurn = 0
  let vainAt = Number.NEGATIVE_INFINITY
  let asking: Promise<boolean> | undefined

  // Whoever waited for a poll may go on with what it brought. A doubt that came after it began is for the next one to settle, and
  // of two polls at once the one that began later counts.
  const poll = async (turn: number): Promise<boolean> => {
    const began = clock().getTime()
    const last = Math.max(heardAt, opened)
    const late = began - last < deaf ? Promise.resolve() : forget()
    const known = await late
      .then(() => hear(new Date(Math.min(began, last) - overlap)))
      .then(
        () => true,
        error => {
          onError(error)
          return false
        },
      )
    if (turn === turns) asking = undefined
    if (!known) {
      if (heardTurn < turn && doubtedTurn <= turn) failedAt = began
      if (heardTurn < turn && age(began) >= patience) vainAt = clock().getTime()
      return heardTurn > turn
    }
    failedAt = Number.NEGATIVE_INFINITY
    vainAt = Number.NEGATIVE_INFINITY
    if (turn > heardTurn) {
      heardTurn = turn
      heardAt = began
    }
    return true
  }
  const ask = (): Promise<boolean> => {
    if (asking) return asking
    turns += 1
    asking = poll(turns)
    return asking
  }
  // A clock that was turned back makes everything old.
  const age = (time: number): number => {
    const milliseconds = clock().getTime() - time
    return milliseconds >= 0 ? milliseconds : Number.POSITIVE_INFINITY
  }
  const mustKnow = async (): Promise<void> => {
    const asked = age(failedAt) >= every ? ask() : undefined
    const suffices = () => age(heardAt) < offlineTtl * 1000
    if (!asked || (age(vainAt) < vain && heardTurn >= doubtedTurn && suffices())) return enough(suffices())
    const known = await atMost(asked, patience)
    if (!known && asking === asked) vainAt = clock().getTime()
    enough(known || suffices())
  }
  const enough = (known: boolean): void => {
    if (!known) throw new Problem('unavailable', { cause: new Error('The database has not answered for too long') })
  }

  return {
    trust(): Promise<void> | undefined {
      wantedAt = clock().getTime()
      const old = age(heardAt)
      if (heardTurn < doubtedTurn || !(old < believed)) return mustKnow()
      if (old >= every && age(failedAt) >= every) void ask()
      return undefined
    },
    /** For a timer: asks where requests came lately and the last time is long enough ago. */
    async refresh(): Promise<void> {
      if (age(wantedAt) < wanted && age(heardAt) >= every && age(failedAt) >= every) await ask()
    },
    /** Something was changed here: the next request waits for the database's word. */
    doubt(): void {
      doubtedTurn = turns + 1
      asking = undefined
    },
  }
}

/** News of what changed elsewhere. */
export type News = ReturnType<typeof openNews>
