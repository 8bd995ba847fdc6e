// The samples of examples/backends as programs: a token a line goes in, an answer a line comes out.

import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { needPackages, run } from './support.ts'

const jars = ['core', 'annotations', 'databind'].map(name => `/usr/share/java/jackson-${name}.jar`).join(':')

const among = (folder: string, ...names: string[]) => names.map(name => join(folder, name))

interface Language {
  /** Debian's packages. */
  packages: string[]
  /** Builds into a folder. */
  build?: (sources: string, folder: string) => Promise<unknown>
  command: (sources: string, folder: string) => string[]
}

/** The languages that examples/backends speaks, each in a folder of its name. */
export const languages: Record<string, Language> = {
  node: { packages: [], command: sources => [process.execPath, `${sources}/main.mjs`] },
  python: {
    packages: ['python3', 'python3-jwt', 'python3-cryptography'],
    command: sources => ['/usr/bin/python3', '-B', `${sources}/main.py`],
  },
  go: {
    packages: ['golang-go'],
    build: (sources, folder) => {
      const env = { HOME: homedir(), CGO_ENABLED: '0' }
      return run(
        'go',
        ['build', '-o', `${folder}/main`, ...among(sources, 'verifier.go', 'fetched.go', 'main.go')],
        env,
      )
    },
    command: (_, folder) => [`${folder}/main`],
  },
  java: {
    packages: ['default-jdk-headless', 'libjackson2-databind-java'],
    build: (sources, folder) => {
      const files = among(sources, 'Verifier.java', 'Fetched.java', 'Main.java')
      return run('javac', ['-Xlint:all,-serial', '-Werror', '-cp', jars, '-d', folder, ...files])
    },
    command: (_, folder) => ['java', '-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', `${folder}:${jars}`, 'Main'],
  },
  php: { packages: ['php-cli'], command: sources => ['php', '-n', `${sources}/main.php`] },
}

/** A sample that runs. */
export interface Backend {
  /** What it says to a token: `ok SUB`, `refused WHY` or `unavailable WHY`. */
  ask(token: string): Promise<string>
}

/** Builds a sample; what is answered starts it with settings from the environment. It ends with the test. */
export async function buildBackend(t: Test, name: string): Promise<(settings: object) => Promise<Backend>> {
  const language = languages[name]
  if (!language) throw new Error(name)
  await needPackages(...language.packages)
  const sources = fileURLToPath(new URL(`../../examples/backends/${name}`, import.meta.url))
  const folder = await mkdtemp(join(tmpdir(), `assay-backend-${name}-`))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  await language.build?.(sources, folder)
  const [command = '', ...args] = language.command(sources, folder)
  return async settings => {
    const kept = await mkdtemp(join(folder, 'kept-'))
    const env = { PATH: process.env['PATH'], ASSAY_FOLDER: kept, ...settings }
    const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
    t.teardown(() => child.kill())
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const ask = async (token: string) => {
      child.stdin.write(`${token}\n`)
      const { done, value } = await lines.next()
      if (done) throw new Error(`${name} has ended`)
      return value
    }
    return { ask }
  }
}
