// What is read from the database at most every few seconds: replicas follow each other by it, and go on from memory while the
// database is away. In a busy process nobody waits: halfway to its limit it is read anew in the background.

/** Seconds after which a replica has seen what another one wrote. */
export const freshFor = 5

// Milliseconds between two tries while the database is away, and for which anybody waits for one that does not end.
const retryAfter = 1_000
const patience = 1_000

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
  let late: Promise<T> | undefined
  let failedAt = Number.NEGATIVE_INFINITY

  const refresh = async (): Promise<T> => {
    turns += 1
    const turn = turns
    const at = clock().getTime()
    const value = await read()
    // Of two readings at once the one that began later counts.
    if (known === undefined || turn > known.turn) known = { value, at, turn }
    return value
  }
  // A failure is told once, however many wait.
  const readAnew = async (): Promise<T> => {
    try {
      return await refresh()
    } catch (error) {
      if (known !== undefined) {
        failedAt = clock().getTime()
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
      // Nobody waits for a reading that another one has waited for in vain.
      if (age >= freshFor * 1000 && reading !== late && !(await atMost(ended, patience))) late = reading
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
