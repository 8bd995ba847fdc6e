// The command line as tests run it.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const encryptionKey = Buffer.alloc(32, 7).toString('base64')

/** What a run came to. */
export interface Outcome {
  exitCode: number
  stdout: string
  stderr: string
}

/** Runs a verb with nothing but these settings. */
export function assay(args: string[], settings: Record<string, string> = {}): Promise<Outcome> {
  const env = { PATH: process.env['PATH'], ENCRYPTION_KEY: encryptionKey, ...settings }
  return new Promise(resolve => {
    execFile(process.execPath, [file, ...args], { env }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}
