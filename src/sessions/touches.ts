// When sessions were last used, written behind the requests and in batches. A use is written as soon as the last one written is old
// enough: long before a session can idle out, every replica can read when it was truly last used.

import type { Remembered } from './memory.ts'

/** What the writer may use; `write` answers the sids that it wrote. `every` in seconds. */
export interface TouchDeps {
  write: (uses: ReadonlyMap<string, Date>) => Promise<string[]>
  /** Sessions that were not there to write to, or locked just then: memory should read them again. */
  onMissing: (sids: readonly string[]) => void
  clock: () => Date
  every: number
}

const batch = 1_000

/** How stale the last use in the database may become, in seconds: a fraction of the idle limit, at most a minute. */
export const touchEvery = (idleTtl: number): number => Math.min(60, idleTtl / 10)

/** Opens the writer. */
export function openTouches({ write, onMissing, clock, every }: TouchDeps) {
  // A use that met no row is tried once more: the row may have been locked.
  const waiting = new Map<Remembered, { missed: boolean }>()
  let running = Promise.resolve()

  const send = async (due: readonly Remembered[]): Promise<void> => {
    const sent = due.map(one => ({ one, sid: one.session.sid, usedAt: one.usedAt }))
    // A session may have been read twice: its last use counts.
    const inOrder = sent.toSorted((one, other) => one.usedAt - other.usedAt)
    const written = new Set(await write(new Map(inOrder.map(({ sid, usedAt }) => [sid, new Date(usedAt)]))))
    for (const { one, sid, usedAt } of sent) {
      const missed = !written.has(sid)
      if (!missed) one.writtenAt = usedAt
      if (missed ? waiting.get(one)?.missed : one.usedAt === usedAt) waiting.delete(one)
      else waiting.set(one, { missed })
    }
    const missing = sent.map(({ sid }) => sid).filter(sid => !written.has(sid))
    if (missing.length > 0) onMissing(missing)
  }
  const sendDue = async (everything: boolean): Promise<void> => {
    const limit = everything ? Number.POSITIVE_INFINITY : clock().getTime() - every * 1000
    const due = [...waiting.keys()].filter(one => one.writtenAt <= limit)
    for (let at = 0; at < due.length; at += batch) await send(due.slice(at, at + batch))
  }

  return {
    /** Notes a use. */
    note(one: Remembered, now: Date): void {
      one.usedAt = Math.max(one.usedAt, now.getTime())
      if (one.usedAt > one.writtenAt && !waiting.has(one)) waiting.set(one, { missed: false })
    },
    /** Writes what is due, or all that waits. Rejects where the database is away; what was not written goes on waiting. */
    flush(everything = false): Promise<void> {
      running = running.catch(() => undefined).then(() => sendDue(everything))
      return running
    },
    size: (): number => waiting.size,
  }
}
