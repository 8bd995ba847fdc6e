// The stop-watch: CPU time of this process, in rounds that take turns, so that whatever the machine does meanwhile hits all alike.

import { setImmediate } from 'node:timers/promises'

/** What is measured: one call is one message. */
export interface Task {
  name: string
  run: () => unknown
}

/**
 * Milliseconds of one call, medians of the rounds: CPU of the whole process, and the longest for which the event loop stood
 * still in a round. (The longest of all rounds would only tell when something else had the processor.)
 */
export interface Timing {
  name: string
  cpu: number
  worst: number
}

/** Measures all tasks, A B C A B C: `rounds` turns of about `slice` milliseconds each, after a warm-up of ten turns a task. */
export async function takeTurns(tasks: readonly Task[], rounds: number, slice: number): Promise<Timing[]> {
  const counts: number[] = []
  for (const task of tasks) counts.push(await warmUp(task, slice))
  const measured = tasks.map((): { cpu: number; worst: number }[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [n, task] of tasks.entries()) measured[n]?.push(await turn(task, counts[n] ?? 1))
  }
  return tasks.map(({ name }, n) => {
    const turns = measured[n] ?? []
    return { name, cpu: median(turns.map(one => one.cpu)), worst: median(turns.map(one => one.worst)) }
  })
}

// Answers how many calls fill one slice.
async function warmUp(task: Task, slice: number): Promise<number> {
  const start = performance.now()
  let calls = 0
  for (; performance.now() - start < 10 * slice; calls++) await turn(task, 1)
  return Math.max(1, Math.round(calls / 10))
}

// Every call is a turn of the event loop of its own, as in a server: what a library keeps until then can go.
async function turn({ run }: Task, calls: number): Promise<{ cpu: number; worst: number }> {
  let worst = 0
  const before = process.cpuUsage()
  for (let n = 0; n < calls; n++) {
    await setImmediate()
    const start = performance.now()
    const pending = run()
    worst = Math.max(worst, performance.now() - start)
    await pending
  }
  const { user, system } = process.cpuUsage(before)
  return { cpu: (user + system) / calls / 1000, worst }
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
