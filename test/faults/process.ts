// Processes of a test: they end with it, whatever happens, and what they say stays at hand.

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'

/** A process that runs, with all that it said. */
export interface Running {
  child: ChildProcess
  output: () => string
  /** Sends a signal and waits for the end; none where it is null: it was told already. SIGKILL follows after 40 seconds. Answers the exit code. */
  end(signal?: NodeJS.Signals | null): Promise<number | null>
}

/** Starts a command; it gets SIGKILL when this process is gone. */
export function run(t: Test, command: readonly [string, ...string[]], options: SpawnOptions = {}): Running {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', chunk => {
      text = (text + chunk).slice(-200_000)
    })
  const end = async (signal: NodeJS.Signals | null = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit')
      if (signal) child.kill(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), 40_000)
      await exit
      clearTimeout(late)
    }
    return child.exitCode
  }
  child.on('error', error => {
    text += error
  })
  t.teardown(() => end('SIGKILL'))
  return { child, output: () => text, end }
}

/** Asks until `fits` answers something; throws with `what` after so many seconds. */
export async function until<T>(what: string, fits: () => Promise<T | undefined | false>, seconds = 30): Promise<T> {
  for (const end = performance.now() + seconds * 1000; ; await sleep(50)) {
    const found = await fits().catch(() => undefined)
    if (found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what}`)
  }
}
