// XSD_VALIDATOR=jvm: the Java validator of @authenio/samlify-xsd-schema-validator, in addition to libxml2, behind a limit and a
// time-out. It starts a JVM for every message (docs/decisions/0003), so it is an oracle for the cautious, not the default.

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { Problem } from './problem.ts'
import { schemaFiles } from './saml/schema.ts'

/** Passes XML that follows the protocol schema; throws `schema_invalid`, or `unavailable` where the JVM gives no answer in time. */
export type JvmSchema = (xml: string) => Promise<void>

interface Validator {
  validateXML(xml: string, schema: string, done: (error: Error | null) => void): void
}

const atOnce = 2
const patienceMs = 10_000

/** Prepares the validator; throws an Error that says what is missing: Java, or a compiler for its class. */
export function openJvmSchema(environment: Record<string, string | undefined>): JvmSchema {
  const card = createRequire(import.meta.url).resolve('@authenio/samlify-xsd-schema-validator')
  const home = join(createRequire(card).resolve('@authenio/xsd-schema-validator'), '../..')
  const java = findJava(environment)
  if (!java) throw new Error('XSD_VALIDATOR jvm needs java on PATH or JAVA_HOME; install a Java runtime or use libxml2')
  compile(home)
  const Validator = createRequire(card)('@authenio/xsd-schema-validator') as new (options: { cwd: string }) => Validator
  const validator = new Validator({ cwd: join(card, '../schemas') })
  const limited = limit(atOnce)
  return xml => limited(() => validate(validator, java, xml))
}

function findJava(environment: Record<string, string | undefined>): string | undefined {
  const { JAVA_HOME, PATH = '' } = environment
  const folders = JAVA_HOME ? [join(JAVA_HOME, 'bin')] : PATH.split(delimiter)
  return folders.map(folder => join(folder, 'java')).find(executable)
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

// Its install script, which we do not run, would compile the class.
function compile(home: string): void {
  if (existsSync(join(home, 'support/XMLValidator.class'))) return
  const { status } = spawnSync('javac', ['support/XMLValidator.java'], { cwd: home })
  if (status !== 0)
    throw new Error(`XSD_VALIDATOR jvm needs a JDK once: run javac support/XMLValidator.java in ${home}`)
}

function validate(validator: Validator, java: string, xml: string): Promise<void> {
  // The library does not survive a java that has gone since the start.
  if (!executable(java)) throw new Problem('unavailable', { cause: new Error(`${java} is gone`) })
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Problem('unavailable', { cause: new Error('the JVM is late') })),
      patienceMs,
    )
    validator.validateXML(xml, schemaFiles[0], cause => {
      clearTimeout(late)
      if (cause)
        reject(new Problem('schema_invalid', { detail: 'The Java validator does not accept the message.', cause }))
      else resolve()
    })
  })
}

// At most `most` at once; the others wait in line.
function limit(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async work => {
    if (running >= most) await new Promise<void>(resolve => waiting.push(resolve))
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}
