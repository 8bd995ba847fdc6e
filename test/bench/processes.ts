// What the kernel knows of a process: the CPU time that it used and the memory that it holds. Linux only.

import { readdirSync, readFileSync } from 'node:fs'

// Clock ticks of /proc are hundredths of a second wherever Node runs.
const tickMs = 10

/** Milliseconds of CPU that a process has used, all its threads together. */
export function cpuOf(pid: number): number {
  const { ticks } = readStat(pid)
  return ticks * tickMs
}

/** Milliseconds of CPU that a process and its children have used, the ended ones included. */
export function cpuOfFamily(pid: number): number {
  const own = readStat(pid)
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => statOf(Number(name)))
    .filter(one => one?.parent === pid)
  return (own.ticks + own.ended + children.reduce((sum, one) => sum + (one?.ticks ?? 0), 0)) * tickMs
}

/** Megabytes that a process holds (VmRSS). */
export function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kb) / 1000
}

// proc(5): after the name in parentheses come state and parent; utime to cstime are the 12th to 15th from there.
function readStat(pid: number): { parent: number; ticks: number; ended: number } {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15)
  return { parent: fields[1] ?? 0, ticks: utime + stime, ended: cutime + cstime }
}

function statOf(pid: number) {
  try {
    return readStat(pid)
  } catch {
    return undefined
  }
}
