// What is looked up only when somebody scrapes: the state of the process, and a few numbers of the database, which are read at most
// every few seconds and are as last known while it is away.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { recent } from '../recent.ts'
import { databaseGauges, type ProcessSight, processGauges, resolution, type Sight } from './gauges.ts'
import { gaugeOf, type Meters } from './meters.ts'

/** What a scrape may use. `onError` is told of a reading that failed. */
export interface ScrapeDeps {
  meters: Meters
  sight: (now: Date) => Promise<Sight>
  here: () => Promise<ProcessSight>
  clock: () => Date
  onError: (error: unknown) => void
}

// Milliseconds that a scrape waits for the database before it goes on with what is known.
const patience = 1_000

/** Opens the scrape: `read` answers the text of `GET /metrics` and its media type, `close` ends what watches the event loop. */
export function openScrape({ meters, sight, here, clock, onError }: ScrapeDeps) {
  const loop = monitorEventLoopDelay({ resolution: resolution * 1000 })
  loop.enable()
  const setProcess = processGauges(meters, loop)
  const setDatabase = databaseGauges(meters)
  const up = gaugeOf(meters, 'database_up', 'Whether the database answered the last question of a scrape')
  const known = recent({ read: () => sight(clock()), clock, onError: failed })
  let answered = true

  function failed(error: unknown): void {
    answered = false
    onError(error)
  }
  const ask = (): Promise<Sight | undefined> => {
    answered = true
    return known.get().catch(error => {
      failed(error)
      return undefined
    })
  }

  return {
    async read(): Promise<{ type: string; text: string }> {
      setProcess(await here(), clock())
      const asked = ask()
      const found = await atMost(asked, patience)
      if (found) setDatabase(found, clock())
      up.set(found && answered ? 1 : 0)
      return { type: meters.registry.contentType, text: await meters.registry.metrics() }
    },
    close: (): void => void loop.disable(),
  }
}

async function atMost<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, milliseconds, undefined)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
