// A response that was refused, judged again under the settings of now: for the command line and the admin pages. It changes nothing.

import { trustedKey } from './connections/certificate.ts'
import type { Connection } from './connections/connection.ts'
import { decryptionKeysFor, openSpKey } from './connections/sp-key.ts'
import { spKeyStore } from './connections/sp-key-store.ts'
import { connectionStore } from './connections/store.ts'
import type { Queryable } from './db/pool.ts'
import { type Explanation, explain, type Question, type Subject, subjectFrom } from './explain.ts'
import type { Attempt } from './logins/attempt.ts'
import { loginStore } from './logins/store.ts'
import type { Tools } from './saml/response.ts'
import type { Sealer } from './seal.ts'

/** What was kept, and what it takes to open and judge it. */
export interface Kept {
  db: Queryable
  sealer: Sealer
  publicUrl: string
  tools: Tools
}

/** A question without the tools. */
export type Asked = Omit<Question, 'tools'>

/** Another connection than the one that is kept, made of it. */
export type Redraft = (current: Connection) => Connection

/** A connection as the database has it now, or as `redraft` makes it, with the keys that decrypt for it. */
export async function subjectKept(
  { db, sealer, publicUrl }: Kept,
  id: string,
  redraft: Redraft = current => current,
): Promise<Subject | undefined> {
  const current = await connectionStore(db).find(id)
  if (!current) return undefined
  const connection = redraft(current)
  const kept = decryptionKeysFor(await spKeyStore(db).list(), id)
  const decryptionKeys = kept.map(one => openSpKey(one, sealer.open).privateKey)
  return subjectFrom({ connection, keys: connection.certificates.map(trustedKey) }, publicUrl, decryptionKeys)
}

/** The question with the groups of the person's last login. Whose they are is known once the response was judged: it is judged twice. */
export async function withLastGroups({ db, sealer, tools }: Kept, question: Asked): Promise<Asked> {
  const wanted: Buffer[] = []
  const note = (subjectHash: Buffer) => {
    wanted.push(subjectHash)
    return undefined
  }
  explain({ ...question, tools, lastGroups: note })
  const [hash] = wanted
  const groups = hash && (await loginStore(db, sealer).lastGroups(question.subject.ready.connection.id, hash))
  return { ...question, lastGroups: () => groups }
}

/** Judges what was kept of an attempt, as of its own time, by the connection as it is or as `redraft` makes it; undefined where nothing was kept, or its connection is gone. */
export function judgeAgain(kept: Kept) {
  return async ({ trace_id, at, connection_id }: Attempt, redraft?: Redraft): Promise<Explanation | undefined> => {
    const evidence = await loginStore(kept.db, kept.sealer).evidence(trace_id)
    const subject = connection_id === null || !evidence ? undefined : await subjectKept(kept, connection_id, redraft)
    if (!evidence || !subject) return undefined
    const inResponseTo = evidence.requestId ?? undefined
    const question = { subject, response: Buffer.from(evidence.response), at, inResponseTo }
    return explain({ ...(await withLastGroups(kept, question)), tools: kept.tools })
  }
}
