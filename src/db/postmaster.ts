// Who holds a data directory: PostgreSQL's lock file names the server process, the server's command line names its owner.
// While the owner lives it is the server's parent; an orphan has another parent, and only an orphan is ever stopped.

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { embeddedError, temporary } from './postgres-binaries.ts'

const patienceMs = 15_000

/** Names a data directory whatever its path, by its file: two spellings of one directory have one mark. */
export async function directoryMark(data: string): Promise<string> {
  const { dev, ino } = await stat(data)
  return `${dev.toString(36)}-${ino.toString(36)}`
}

/** A new `cluster_name` for a server of ours, and its socket's folder: its owner (this process), its data directory's mark. */
export function serverName(mark: string): string {
  return `assay-${process.pid}-${mark}-${randomBytes(3).toString('hex')}`
}

/** What `postmaster.pid` says: line 1 is the server's process, line 8 its state (`ready`). Empty without a server. */
export async function readLock(data: string): Promise<{ pid?: number; state?: string | undefined }> {
  try {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
    return Number(lines[0]) > 0 ? { pid: Number(lines[0]), state: lines[7]?.trim() } : {}
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

/** Stops a server on `data` whose owner is gone, and waits for its end. Throws `embedded_in_use` when the owner lives. */
export async function retireOrphan(data: string): Promise<void> {
  const { pid } = await readLock(data)
  const found = pid && (await lookAt(pid))
  if (!found) return
  const named = new RegExp(`=(assay-(\\d+)-${await directoryMark(data)}-\\w+)`).exec(found.command)
  if (!named?.[1]) {
    // The number went to another program after a crash of the machine: PostgreSQL would take it for its server.
    if (found.command && !found.command.includes('postgres')) await rm(join(data, 'postmaster.pid'), { force: true })
    return
  }
  if (Number(named[2]) === found.parent) throw inUse(data)
  signal(pid, 'SIGINT')
  for (const deadline = Date.now() + patienceMs; (await readLock(data)).pid === pid; await sleep(5)) {
    if (Date.now() > deadline) throw embeddedError('embedded_failed', `the orphaned server ${pid} does not stop`)
  }
  await rmdir(temporary(named[1])).catch(() => undefined)
}

/** Whether a process with this number exists, whoever owns it. */
export function isAlive(pid: number | undefined): boolean {
  return pid !== undefined && signal(pid, 0)
}

/** The refusal of a second process on one data directory. */
export function inUse(data: string): Error {
  return embeddedError('embedded_in_use', `another process uses ${data}; stop it, or set another DATA_DIR`)
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function lookAt(pid: number): Promise<{ command: string; parent: number } | undefined> {
  try {
    if (!existsSync('/proc/self/stat')) {
      const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'ppid=,command=', '-p', String(pid)])
      return { parent: Number.parseInt(stdout, 10), command: stdout }
    }
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
    const status = await readFile(`/proc/${pid}/stat`, 'utf8')
    return { command, parent: Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]) }
  } catch {
    return undefined
  }
}
