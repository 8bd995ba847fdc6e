// What stands between a service and its database in a test: every statement passes through, counted, and may be held back or cut off.

import type { Db } from '../../src/db/pool.ts'
import { Problem } from '../../src/problem.ts'

/** The statements that went through, and the two levers. */
export interface Through {
  statements: string[]
  /** While true, statements wait until it is false again. */
  hold(yes: boolean): void
  /** While true, statements are refused as where the database is away. */
  cut(yes: boolean): void
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
