// The outside of `assay explain`: files, database and keys in, words out.

import { existsSync, readFileSync } from 'node:fs'
import type { Config } from './config.ts'
import type { Db } from './db/pool.ts'
import { asText, type ExplainOptions, explain, readOptions, type Subject, subjectFromFile } from './explain.ts'
import { type Asked, type Kept, subjectKept, withLastGroups } from './judge-again.ts'
import { type Attempt, evidenceMissing } from './logins/attempt.ts'
import { loginStore } from './logins/store.ts'
import type { Tools } from './saml/response.ts'
import { protocolSchema } from './saml/schema.ts'
import { samlifyOpinion } from './saml/second-opinion.ts'
import { readSchemas } from './schemas.ts'
import type { Sealer } from './seal.ts'

/** Opens what the house opens: the database, and the sealer under its key. Called only where a file does not hold everything. */
export type OpenHouse = <T>(config: Config, work: (db: Db, sealer: Sealer) => Promise<T>) => Promise<T>

/** Runs the verb; answers 0 where the response would be accepted, 1 where refused; throws where it could not be asked. */
export async function runExplain(config: Config, args: readonly string[], open: OpenHouse): Promise<number> {
  const options = readOptions(args)
  if (options.trace !== undefined)
    return open(config, (db, seal) => judgeAgain(db, seal, config, options, options.trace ?? ''))
  const { response, connection, inResponseTo } = options
  if (response === undefined || connection === undefined) {
    throw new Error('explain needs --response FILE and --connection ID or FILE.json, or --trace TRACE_ID')
  }
  const at = timeOf(options.at) ?? new Date()
  const content = readFileSync(response)
  const say = (subject: Subject) => answer(config, options, { subject, response: content, at, inResponseTo })
  if (existsSync(connection)) return say(fileSubject(connection, config, at))
  return open(config, async (db, seal) => {
    const subject = await subjectKept(kept(db, seal, config), connection)
    if (!subject) throw new Error(`There is no connection ${connection}, and no file of that name`)
    const question = { subject, response: content, at, inResponseTo }
    return answer(config, options, await withLastGroups(kept(db, seal, config), question))
  })
}

// A refused login under the settings of now, of a file, or of another connection; at its own time unless told otherwise.
async function judgeAgain(
  db: Db,
  seal: Sealer,
  config: Config,
  options: ExplainOptions,
  trace: string,
): Promise<number> {
  const attempts = loginStore(db, seal)
  const [attempt, evidence] = [await attempts.attempt(trace), await attempts.evidence(trace)]
  if (!attempt?.connection_id || !evidence)
    throw new Error(`There is no response to judge again under ${trace}.${why(attempt)}`)
  const at = timeOf(options.at) ?? attempt.at
  const { connection = attempt.connection_id } = options
  const subject = existsSync(connection)
    ? fileSubject(connection, config, at)
    : await subjectKept(kept(db, seal, config), connection)
  if (!subject) throw new Error(`There is no connection ${connection}, and no file of that name`)
  const inResponseTo = options.inResponseTo ?? evidence.requestId ?? undefined
  const question = { subject, response: Buffer.from(evidence.response), at, inResponseTo }
  return answer(config, options, await withLastGroups(kept(db, seal, config), question))
}

function why(attempt: Attempt | undefined): string {
  if (!attempt)
    return ' Nothing is known of it: the reference is wrong, its time is over, or its login had been refused too often.'
  if (attempt.outcome === 'accepted') return ' It was accepted.'
  return attempt.evidence === null || attempt.evidence === 'kept' ? '' : ` ${evidenceMissing[attempt.evidence]}`
}

function fileSubject(path: string, { publicUrl }: Config, at: Date): Subject {
  return subjectFromFile(readFileSync(path, 'utf8'), publicUrl, at)
}

function kept(db: Db, sealer: Sealer, config: Config): Kept {
  return { db, sealer, publicUrl: config.publicUrl, tools: toolsOf(config) }
}

function toolsOf({ crossCheck }: Config): Tools {
  return { schema: protocolSchema(readSchemas()), opinion: crossCheck ? samlifyOpinion : undefined }
}

function answer(config: Config, { json }: ExplainOptions, question: Asked): number {
  const explanation = explain({ ...question, tools: toolsOf(config) })
  process.stdout.write(json ? `${JSON.stringify(explanation, null, 2)}\n` : asText(explanation))
  return explanation.outcome === 'accepted' ? 0 : 1
}

function timeOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new Error(`--at ${text} is no time such as 2026-01-31T12:00:00Z`)
  return time
}
