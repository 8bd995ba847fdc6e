// What is read from the database at most every few seconds: replicas follow each other by it, and go on from memory while the
// database is away. In a busy process nobody waits: halfway to its limit it is read anew in the background.

/** Seconds after which a replica has seen what another one wrote. */
export const freshFor = 5

// Milliseconds between two tries while the database is away, and for which anybody waits for one that does not end.
const retryAfter = 1_000
const patience = 1_000
// One has waited in vain, or a reading has failed after as long: for so long nobody else waits.
const vain = 15_000

/** What it may use. `onError` is told of a failed reading that memory could stand in for. */
export interface RecentDeps<T> {
  read: () => Promise<T>
  clock: () => Date
  onError: (error: unknown) => void
}

/** A value that is at most `freshFor` seconds old while it can be read. */
export interface Recent<T> {
  /** What is known; throws only where nothing is known and nothing can be read. */
  get(): Promise<T>
  /** Reads now; throws where it cannot. */
  refresh(): Promise<T>
}

/** Remembers what `read` answers. */
export function recent<T>({ read, clock, onError }: RecentDeps<T>): Recent<T> {
  let known: { value: T; at: number; turn: number } | undefined
  let turns = 0
  let under: Promise<T> | undefined
  let vainAt = Number.NEGATIVE_INFINITY
  let failedAt = Number.NEGATIVE_INFINITY

  const refresh = async (): Promise<T> => {
    turns += 1
    const turn = turns
    const at = clock().getTime()
    const value = await read()
    vainAt = Number.NEGATIVE_INFINITY
    // Of two readings at once the one that began later counts.
    if (known === undefined || turn > known.turn) known = { value, at, turn }
    return value
  }
  // A failure is told once, however many wait.
  const readAnew = async (): Promise<T> => {
    const began = clock().getTime()
    try {
      return await refresh()
    } catch (error) {
      if (known !== undefined) {
        failedAt = clock().getTime()
        if (failedAt - began >= patience) vainAt = failedAt
        onError(error)
      }
      throw error
    } finally {
      under = undefined
    }
  }
  const once = (): Promise<T> => {
    under ??= readAnew()
    return under
  }

  return {
    refresh,
    async get() {
      if (known === undefined) return once()
      const now = clock().getTime()
      // A clock that was set back must not keep what is known for as long.
      const age = now < known.at ? Number.POSITIVE_INFINITY : now - known.at
      if (age < freshFor * 500 || Math.abs(now - failedAt) < retryAfter) return known.value
      const reading = once()
      const ended = reading.then(
        () => true,
        () => true,
      )
      if (age < freshFor * 1000 || Math.abs(now - vainAt) < vain) return known.value
      if (!(await atMost(ended, patience))) vainAt = clock().getTime()
      return known.value
    },
  }
}

/** What `work` answers, or false where that takes longer than so many milliseconds. */
export async function atMost(work: Promise<boolean>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>(resolve => {
    timer = setTimeout(resolve, milliseconds, false)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
