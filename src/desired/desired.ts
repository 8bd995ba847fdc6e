// Entries → drafts. Whatever the admin API would refuse is refused here, in the same words, all at once, each with its place.

import { createHash } from 'node:crypto'
import { type ClientSettings, hasSecret, readClient } from '../clients/client.ts'
import type { Connection } from '../connections/connection.ts'
import { type ConnectionBody, type ConnectionDraft, readDraft } from '../connections/draft.ts'
import { wrongUrls } from '../connections/wrong-urls.ts'
import { type Mistake, Problem } from '../problem.ts'
import type { Asked, Entry, Kind } from './document.ts'
import { type References, resolve, withFiles } from './reference.ts'

/** A connection that should be. */
export interface DesiredConnection {
  id: string
  draft: ConnectionDraft
}

/** A client that should be; without `secretHash` its secret stays as it is. */
export interface DesiredClient {
  settings: ClientSettings
  secretHash: Buffer | undefined
  place: (field: string) => string
}

/** What the house should hold; a kind that is undefined is not looked at. */
export interface Desired {
  connections: DesiredConnection[] | undefined
  clients: DesiredClient[] | undefined
}

/** What reading needs: the checks of the API for a body that makes one, and what references stand for. */
export interface Reading extends References {
  /** Every mistake of a body, as its schema and the database see it; `check` is what the verb would say of its sound members. */
  mistakesOf: (kind: Kind, body: object, check: (body: object) => readonly Mistake[]) => Promise<readonly Mistake[]>
  now: Date
}

const idForm = /^[a-z0-9]{8,40}$/
// A secret is kept as a plain hash: what is random needs no more, what is short would be guessed.
const secretForm = /^[\x21-\x7e]{32,256}$/

/** Reads what files ask for; throws `invalid_request` with every mistake. */
export async function readDesired({ kinds, entries }: Asked, reading: Reading): Promise<Desired> {
  const read: ReadEntry[] = []
  for (const entry of entries) read.push(await readEntry(entry, reading))
  const mistakes = [...read.flatMap(one => one.mistakes), ...twice(entries)]
  if (mistakes.length > 0) throw wrong(mistakes)
  return {
    connections: kinds.has('connections') ? read.flatMap(one => one.connection ?? []) : undefined,
    clients: kinds.has('clients') ? read.flatMap(one => one.client ?? []) : undefined,
  }
}

interface ReadEntry {
  mistakes: Mistake[]
  connection?: DesiredConnection
  client?: DesiredClient
}

async function readEntry(entry: Entry, reading: Reading): Promise<ReadEntry> {
  const { kind, body, place } = entry
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { mistakes: [{ field: place(''), message: 'must be an object.' }] }
  const found = await (kind === 'connections' ? readConnection : readOneClient)({ ...body }, entry, reading)
  return { ...found, mistakes: found.mistakes.map(({ field, message }) => ({ field: place(field), message })) }
}

type Body = Record<string, unknown>

async function readConnection({ id, ...given }: Body, { kind, file }: Entry, reading: Reading): Promise<ReadEntry> {
  const { body, mistakes } = withFiles(given, file, reading)
  if (typeof id !== 'string' || !idForm.test(id))
    mistakes.push({
      field: 'id',
      message: 'is needed: 8 to 40 lower-case letters and digits; it stands in our URLs and stays.',
    })
  const draft = (one: object) => draftIn(one as ConnectionBody, reading.now)
  // Where something is missing its examples cannot be tried.
  const found = await reading.mistakesOf(kind, body, sound => attempt(() => draft({ ...sound, tests: [] })).mistakes)
  const told = new Set(mistakes.map(one => one.field))
  if (told.has('metadata_xml')) for (const field of ['issuer', 'sign_on_url', 'certificates']) told.add(field)
  mistakes.push(...found.filter(({ field }) => !told.has(field)))
  if (mistakes.length > 0) return { mistakes }
  const { value, mistakes: late } = attempt(() => draft(body))
  return value ? { mistakes, connection: { id: String(id), draft: value } } : { mistakes: [...late] }
}

// Nothing is fetched here: a file says what its metadata stated once, and the service follows the address from then on.
function draftIn({ metadata_url: url, ...body }: ConnectionBody, now: Date): ConnectionDraft {
  const beside = (['issuer', 'sign_on_url', 'certificates', 'metadata_xml'] as const).some(name => body[name])
  if (url && !beside) throw wrong([{ field: 'metadata_url', message: needsBeginning }])
  const { settings, certificates } = readDraft(body, undefined, now)
  if (!url) return { settings, certificates }
  const followed = { ...settings, metadata_url: url }
  const mistakes = wrongUrls(followed).filter(one => one.field === 'metadata_url')
  if (mistakes.length > 0) throw wrong(mistakes)
  return { settings: followed, certificates: certificates.map(one => ({ ...one, source: 'metadata' })) }
}

const needsBeginning =
  'is fetched by the service, not here: give issuer, sign_on_url and certificates beside it, or metadata_xml, to begin with.'

function wrong(mistakes: readonly Mistake[]): Problem {
  return new Problem('invalid_request', { mistakes })
}

/** What is asked for, where metadata is followed already with its present word instead of the one that the file began with. */
export function following(desired: Desired, kept: readonly Connection[]): Desired {
  const known = new Map(kept.map(one => [one.id, one]))
  const followed = ({ id, draft }: DesiredConnection): DesiredConnection => {
    const current = known.get(id)
    if (draft.settings.metadata_url === null || draft.settings.metadata_url !== current?.metadata_url)
      return { id, draft }
    const { sign_on_url, request_binding, logout_url, logout_response_url, logout_binding, certificates } = current
    const stated = { sign_on_url, request_binding, logout_url, logout_response_url, logout_binding }
    return { id, draft: { settings: { ...draft.settings, ...stated }, certificates } }
  }
  return { ...desired, connections: desired.connections?.map(followed) }
}

async function readOneClient({ secret, ...body }: Body, { kind, file, place }: Entry, reading: Reading) {
  const client = (one: object) => readClient(one as Partial<ClientSettings>, undefined)
  const mistakes = [...(await reading.mistakesOf(kind, body, sound => attempt(() => client(sound)).mistakes))]
  const { value: settings, mistakes: late } = mistakes.length > 0 ? { mistakes: [] } : attempt(() => client(body))
  const found = secret === undefined ? undefined : resolve(secret, ['env', 'file'], file, reading)
  const wrong = found && wrongSecret(found, settings)
  mistakes.push(...late, ...(wrong === undefined ? [] : [{ field: 'secret', message: wrong }]))
  if (mistakes.length > 0 || !settings) return { mistakes }
  const secretHash = found && 'text' in found ? createHash('sha256').update(found.text).digest() : undefined
  return { mistakes, client: { settings, secretHash, place } }
}

function wrongSecret(found: { text: string } | { wrong: string }, settings: ClientSettings | undefined) {
  if ('wrong' in found) return found.wrong
  if (settings && !hasSecret(settings)) return 'is only for confidential clients without jwks.'
  return secretForm.test(found.text)
    ? undefined
    : 'must stand for 32 to 256 printable characters of ASCII, without spaces.'
}

// Two entries for one thing: which is meant?
function twice(entries: readonly Entry[]): Mistake[] {
  const seen = new Map<string, Entry>()
  return entries.flatMap(entry => {
    const member = entry.kind === 'connections' ? 'id' : 'client_id'
    const key = (entry.body as Body | null)?.[member]
    const first = seen.get(`${entry.kind} ${key}`)
    if (typeof key !== 'string' || !first) {
      seen.set(`${entry.kind} ${key}`, entry)
      return []
    }
    return [{ field: entry.place(member), message: `is the same as at ${first.place(member)}.` }]
  })
}

function attempt<T>(read: () => T): { value?: T; mistakes: readonly Mistake[] } {
  try {
    return { value: read(), mistakes: [] }
  } catch (error) {
    if (error instanceof Problem) return { mistakes: error.mistakes }
    throw error
  }
}
