// What stands between a service and its database in a test: every statement passes through, counted, and may be held back or cut off.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../src/db/pool.ts'
import { Problem } from '../../src/problem.ts'

/** The statements that went through, and the two levers. */
export interface Through {
  statements: string[]
  /** While true, statements wait until it is false again. */
  hold(yes: boolean): void
  /** While true, statements are refused as where the database is away. */
  cut(yes: boolean): void
  /** Waits until what a start begins in the background is done: no statement for a quarter of a second. */
  quiet(): Promise<void>
  db: (real: Db) => Db
}

/** Makes one, open. */
export function through(): Through {
  const statements: string[] = []
  let gate = Promise.resolve()
  let open = () => {}
  let away = false
  const pass = async (text: string) => {
    statements.push(text)
    await gate
    if (away) throw new Problem('unavailable')
  }
  return {
    statements,
    hold: yes => {
      open()
      if (yes) gate = new Promise(resolve => (open = resolve))
    },
    cut: yes => {
      away = yes
    },
    quiet: async () => {
      for (let seen = -1; seen !== statements.length; await sleep(250)) seen = statements.length
    },
    db: real => ({
      query: async (text, values) => {
        await pass(text)
        return real.query(text, values)
      },
      transaction: (work, options) =>
        real.transaction(
          tx =>
            work({
              query: async (text, values) => {
                await pass(text)
                return tx.query(text, values)
              },
            }),
          options,
        ),
      close: real.close,
    }),
  }
}
