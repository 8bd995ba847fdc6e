// `assay explain`: judges a response as the ACS would, now or at a given time, and changes nothing.

import { createPrivateKey, type KeyObject } from 'node:crypto'
import { parseArgs } from 'node:util'
import { advise } from './connections/advice.ts'
import type { ReadyConnection } from './connections/book.ts'
import { trustedKey } from './connections/certificate.ts'
import { acsUrls, type Connection, spAddresses } from './connections/connection.ts'
import { type Description, wantsLastGroups } from './connections/describe.ts'
import { bodyMembers, type ConnectionBody, readDraft } from './connections/draft.ts'
import { type Admission, describeAdmitted, judgeResponse, requireUnsolicited } from './logins/judgement.ts'
import { decodeMessage } from './logins/message.ts'
import { Problem, type ProblemCode } from './problem.ts'
import { type Check, complete, openInquiry } from './saml/inquiry.ts'
import type { Tools } from './saml/response.ts'

/** What the command line asks; the paths are read by the caller. */
export interface ExplainOptions {
  response: string | undefined
  connection: string | undefined
  at: string | undefined
  inResponseTo: string | undefined
  trace: string | undefined
  json: boolean
}

/** Reads the arguments of the verb; throws where one is unknown or lacks its value. */
export function readOptions(args: readonly string[]): ExplainOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      response: text,
      connection: text,
      at: text,
      'in-response-to': text,
      trace: text,
      json: { type: 'boolean' },
    },
  })
  const { response, connection, at, trace, json = false } = values
  return { response, connection, at, trace, json, inResponseTo: values['in-response-to'] }
}

/** Everything that a judgement outside the ACS needs. */
export interface Question {
  /** The content of the response's file: XML or base64. */
  response: Buffer
  subject: Subject
  at: Date
  inResponseTo: string | undefined
  tools: Tools
  /** The groups of the person's last login, asked only where they count; without it nothing is known of them. */
  lastGroups?: ((subjectHash: Buffer) => readonly string[] | undefined) | undefined
}

/** The connection that is asked, its keys, and our side of it. */
export interface Subject {
  ready: ReadyConnection
  sp: { entityId: string; acsUrls: readonly string[] }
  decryptionKeys: readonly KeyObject[]
}

/** The answer, as `--json` prints it. `identity` is null where the response would be refused. */
export interface Explanation {
  outcome: 'accepted' | 'refused'
  code: ProblemCode | null
  checks: Check[]
  identity: object | null
}

/** Judges. */
export function explain({ response, subject, at, inResponseTo = undefined, tools, lastGroups }: Question): Explanation {
  const inquiry = openInquiry()
  const told = (checks: readonly Check[]) => advise(complete(checks), subject.ready.connection)
  try {
    const message = inquiry.step('message', () => decodeMessage(asBase64(response)))
    inquiry.step('login', () => (inResponseTo === undefined ? requireUnsolicited(subject.ready.connection) : undefined))
    const hearing = { ...subject, message, tools, now: at, inResponseTo: inResponseTo ?? null }
    const admission = judgeResponse(hearing, inquiry)
    const { connection } = subject.ready
    const last = wantsLastGroups(admission.assertion, connection) ? lastGroups?.(admission.subjectHash) : undefined
    const description = describeAdmitted(admission, connection, last, inquiry)
    return {
      outcome: 'accepted',
      code: null,
      checks: told(inquiry.checks),
      identity: identityOf({ ...admission, ...description }, subject),
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { outcome: 'refused', code: error.code, checks: told(inquiry.checks), identity: null }
  }
}

function asBase64(file: Buffer): string {
  const start = file.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf)) ? 3 : 0
  return file[start] === 0x3c ? file.toString('base64') : file.toString('latin1')
}

function identityOf(
  { assertion, claims, sources, grants }: Admission & Description,
  { ready: { connection } }: Subject,
): object {
  const attributes = new Map<string, string[]>()
  for (const { name, values } of assertion.attributes)
    attributes.set(name, [...(attributes.get(name) ?? []), ...values])
  const named = connection.subject === null ? assertion.nameID?.value : attributes.get(connection.subject)?.[0]
  return {
    subject: named ?? null,
    name_id: assertion.nameID?.value ?? null,
    name_id_format: assertion.nameID?.format ?? null,
    session_index: assertion.authnStatements.find(one => one.sessionIndex !== undefined)?.sessionIndex ?? null,
    attributes: Object.fromEntries(attributes),
    claims,
    sources,
    grants,
  }
}

type ConnectionFile = ConnectionBody & {
  id?: string
  sp_private_keys?: string[]
  sp?: { entity_id?: string; acs_url?: string }
}

// What the API answers beside the settings; a connection that was read from it may be asked as it is.
const readOnly = ['id', 'version', 'created_at', 'updated_at', 'sp', 'idp', 'metadata', 'warnings', 'sp_private_keys']

/** A connection from a file: the members of the API, and `sp_private_keys`. Throws `invalid_request` with every mistake. */
export function subjectFromFile(text: string, publicUrl: string, now: Date): Subject {
  const file = parse(text)
  const body: ConnectionBody = Object.fromEntries(Object.entries(file).filter(([name]) => !readOnly.includes(name)))
  // What metadata stated is in the file: nothing is fetched to judge by it.
  if (body.certificates) delete body.metadata_url
  const unknown = Object.keys(body).filter(name => !bodyMembers.has(name))
  const mistakes = unknown.map(field => ({ field, message: 'is not a member of a connection.' }))
  if (mistakes.length > 0) throw new Problem('invalid_request', { mistakes })
  const { settings, certificates } = readDraft({ tenant: 'file', name: 'file', ...body }, undefined, now)
  const kept = { id: file.id ?? 'connection', version: 1, created_at: now, updated_at: now }
  const connection: Connection = { ...settings, ...kept, certificates }
  const stated = spAddresses(publicUrl, connection)
  const entityId = settings.sp_entity_id ?? file.sp?.entity_id ?? stated.entity_id
  return {
    ready: { connection, keys: certificates.map(trustedKey) },
    sp: { entityId, acsUrls: [file.sp?.acs_url ?? stated.acs_url, ...settings.acs_aliases] },
    decryptionKeys: (file.sp_private_keys ?? []).map(pem => createPrivateKey(pem)),
  }
}

function parse(text: string): ConnectionFile {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Problem('invalid_request')
  return value
}

/** A connection as the database has it. */
export function subjectFrom(ready: ReadyConnection, publicUrl: string, decryptionKeys: readonly KeyObject[]): Subject {
  const { connection } = ready
  const entityId = spAddresses(publicUrl, connection).entity_id
  return { ready, sp: { entityId, acsUrls: acsUrls(publicUrl, connection) }, decryptionKeys }
}

/** The answer for people: the outcome, what failed and what to change, and what passed in one line. */
export function asText({ outcome, code, checks, identity }: Explanation): string {
  const failed = checks.filter(check => check.verdict === 'fail')
  const passed = checks.filter(check => check.verdict === 'pass').map(check => check.name)
  const lines = [
    outcome === 'accepted' ? 'It would be accepted.' : `It would be refused: ${code}.`,
    ...failed.flatMap(({ name, expected, received, fix }) => [
      '',
      `✗ ${name}`,
      `  expected  ${expected}`,
      `  received  ${received}`,
      `  fix       ${fix}`,
    ]),
    '',
    `✓ ${passed.join(', ')}`,
    ...(identity ? ['', JSON.stringify(identity, null, 2)] : []),
  ]
  return `${lines.join('\n')}\n`
}
