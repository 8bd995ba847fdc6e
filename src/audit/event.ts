// The record of what was done, by whom. This room owns the audit events and the chain of hashes that they form; it is handed
// changes by the verbs that make them, in the same transaction, and hands on events and a verdict on the chain. It never changes
// or removes an event, sees no sign-in, and keeps no secret: what looks like one is blacked out here.

import { createHash } from 'node:crypto'

/** Who changed something: the admin key, the command line, the service itself, a set-up link, a person of the admin pages. */
export type Actor = 'admin-key' | 'cli' | 'system' | `setup-link:${string}` | `person:${string}`

/** Who changes something, and the trace of the request by which it came, where there is one. */
export interface Author {
  actor: Actor
  trace_id: string | null
}

/** The service itself, where nobody asked. */
export const system: Author = { actor: 'system', trace_id: null }

/** Whoever has a shell where the service runs. */
export const commandLine: Author = { actor: 'cli', trace_id: null }

/** One change as its verb tells it; `before` and `after` hold the changed members only, null where there was or is nothing. */
export interface Change {
  /** Such as `connection.changed`. */
  action: string
  subject_type: string
  subject_id: string | null
  /** Whether it changes whom we believe or who gets tokens. */
  trust: boolean
  before: object | null
  after: object | null
}

/** An event as it is kept: a link of the chain. Hashes are hex. */
export interface AuditEvent extends Author, Change {
  /** From 1 on, without a gap. */
  seq: number
  at: Date
  previous_hash: string
  hash: string
}

/** Records changes in the transaction that makes them. It locks the end of the chain, so it comes last in a transaction. */
export type Recorder = (author: Author, ...changes: Change[]) => Promise<void>

/** The end of a chain; of an empty one `seq` is 0 and `hash` all zeros. */
export type Head = Pick<AuditEvent, 'seq' | 'hash'>

/** Where every chain begins. */
export const genesis: Head = { seq: 0, hash: '00'.repeat(32) }

/** Links a change to the chain that ends at `head`. Milliseconds are all that is kept of `at`. */
export function link(head: Head, { actor, trace_id }: Author, change: Change, at: Date): AuditEvent {
  const { action, subject_type, subject_id, trust, before, after } = change
  const said = { action, subject_type, subject_id, trust, before: withoutSecrets(before), after: withoutSecrets(after) }
  const event = { ...said, seq: head.seq + 1, at, actor, trace_id, previous_hash: head.hash }
  return { ...event, hash: hashOf(event) }
}

/** SHA-256, in hex, of the canonical JSON of an event without its own hash, times as in the API. */
export function hashOf(event: Omit<AuditEvent, 'hash'>): string {
  return createHash('sha256').update(canonical(event)).digest('hex')
}

/** JSON with members in the order of their names and no space, as RFC 8785 has it; what JSON cannot say is left out. */
export function canonical(value: object | null): string {
  return inOrder(JSON.parse(JSON.stringify(value)))
}

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${inOrder(inner)}`).join(',')}}`
}

/** The members in which two states differ; where one state is missing, the other whole. */
export function difference<State extends object>(
  before: State | undefined,
  after: State | undefined,
): { before: Partial<State> | null; after: Partial<State> | null; names: string[] } {
  const members = { ...before, ...after }
  const names = Object.keys(members).filter(name => textOf(before, name) !== textOf(after, name))
  const only = (state: State | undefined) =>
    state
      ? (Object.fromEntries(Object.entries(state).filter(([name]) => names.includes(name))) as Partial<State>)
      : null
  return { before: only(before), after: only(after), names }
}

function textOf(state: object | undefined, name: string): string | undefined {
  const member = state && Object.entries(state).find(([one]) => one === name)
  return member && canonical([member[1]])
}

const blackedOut = '[not recorded]'
const secretName =
  /^(secret|password|passphrase|token|code|cookie|authorization|relay_?state|saml_?(request|response)|sealed_.*|.*_(secret|token|password|hash|key))$/i
const privateHalves = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** A value without what must not be kept: bytes, private keys, private halves of JWKs, texts under the name of a secret. */
export function withoutSecrets<Value>(value: Value): Value {
  return without(value, '') as Value
}

function without(value: unknown, name: string): unknown {
  if (value instanceof Uint8Array) return blackedOut
  if (typeof value === 'string')
    return secretName.test(name) || /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(value) ? blackedOut : value
  if (Array.isArray(value)) return value.map(one => without(one, ''))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const isKey = 'kty' in value
  const members = Object.entries(value).map(([member, inner]) => [
    member,
    isKey && privateHalves.includes(member) ? blackedOut : without(inner, member),
  ])
  return Object.fromEntries(members)
}
