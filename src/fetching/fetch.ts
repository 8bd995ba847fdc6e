// The only place from which Assay calls out. It fetches one document from an address that an operator named, and owns what that
// may lead to: which schemes and addresses, how many redirects, how much, how long. It hands on text and never reads it.

import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'

/** What tells whether a document has changed since (RFC 9110 §8.8). */
export interface Validators {
  etag: string | null
  last_modified: string | null
}

/** Why there is no document: what to say after the name of the field that held the address. */
export interface Unfetched {
  wrong: string
}

/** A document with its validators; `unchanged`: the copy that was known still holds. */
export type Fetched = ({ text: string } & Validators) | 'unchanged' | Unfetched

/** Fetches a document, or answers why not. Throws only what `signal` aborts with. */
export type FetchDocument = (url: string, known?: Validators, signal?: AbortSignal) => Promise<Fetched>

/** What a fetch may reach. `resolve` answers every address of a name; it is asked once a request, and nothing else is. */
export interface FetchRules {
  resolve: (hostname: string) => Promise<readonly string[]>
  mayReach: (address: string) => boolean
  /** Whether http will do, too. */
  plain: boolean
  /** Trusted roots instead of Node's own, PEM. */
  ca?: string
  /** For everything together: names, redirects, the whole body. */
  timeoutMs?: number
}

const mostBytes = 1024 * 1024
const mostRedirects = 3
const longestValidator = 1024
const redirects = [301, 302, 303, 307, 308]

/** Opens the way out under these rules. */
export function openFetch(rules: FetchRules): FetchDocument {
  const { timeoutMs = 10_000 } = rules
  return async (url, known, signal) => {
    const deadline = AbortSignal.timeout(timeoutMs)
    const until = AbortSignal.any(signal ? [deadline, signal] : [deadline])
    try {
      return await follow(url, known, { ...rules, until })
    } catch (error) {
      if (signal?.aborted) throw error
      return { wrong: deadline.aborted ? `did not answer within ${timeoutMs / 1000} seconds.` : unreachable(error) }
    }
  }
}

type Trip = FetchRules & { until: AbortSignal }

async function follow(first: string, known: Validators | undefined, trip: Trip): Promise<Fetched> {
  let url = URL.parse(first)
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const wrong = wrongUrl(url, trip)
    if (!url || wrong) return { wrong: wrong ?? '' }
    const addresses = await addressesOf(url, trip)
    if (addresses.length === 0) return { wrong: 'names a host that has no address.' }
    if (!addresses.every(trip.mayReach)) return { wrong: 'leads to an address that is not of the public internet.' }
    const answer = await ask(url, addresses, known, trip)
    if (!redirects.includes(answer.statusCode ?? 0)) return read(answer, known)
    answer.destroy()
    url = URL.parse(answer.headers.location ?? '', url)
  }
  return { wrong: `redirects more than ${mostRedirects} times.` }
}

function wrongUrl(url: URL | null, { plain }: Trip): string | undefined {
  const schemes = plain ? ['https:', 'http:'] : ['https:']
  if (!url || !schemes.includes(url.protocol)) return `must be, and stay, an ${plain ? 'http or ' : ''}https URL.`
  return url.username || url.password ? 'must not hold a user name or password.' : undefined
}

async function addressesOf(url: URL, { resolve, until }: Trip): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) return [host]
  const aborted = new Promise<never>((_, reject) => until.addEventListener('abort', () => reject(until.reason)))
  return Promise.race([resolve(host), aborted])
}

// The connection goes to the addresses that were checked: the name is not asked for again, by anybody.
function ask(url: URL, addresses: readonly string[], known: Validators | undefined, trip: Trip) {
  const found = addresses.map(address => ({ address, family: isIP(address) }))
  const lookup: LookupFunction = (_, { all }, answer) =>
    all ? answer(null, found) : answer(null, found[0]?.address ?? '', found[0]?.family)
  const headers = {
    accept: 'application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1',
    'accept-encoding': 'identity',
    'user-agent': 'Assay',
    ...(known?.etag && { 'if-none-match': known.etag }),
    ...(known?.last_modified && { 'if-modified-since': known.last_modified }),
  }
  const options = { agent: false, lookup, headers, signal: trip.until, ...(trip.ca ? { ca: trip.ca } : {}) }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestSecure(url, options) : requestPlain(url, options)
    // Some ends of a connection are told by neither event.
    request.on('close', () => reject(new Error('closed')))
    request.on('response', resolve).on('error', reject).end()
  })
}

async function read(answer: IncomingMessage, known: Validators | undefined): Promise<Fetched> {
  const { statusCode, headers } = answer
  const refuse = (wrong: string) => {
    answer.destroy()
    return { wrong }
  }
  if (statusCode === 304 && (known?.etag || known?.last_modified)) {
    answer.resume()
    return 'unchanged'
  }
  if (statusCode !== 200) return refuse(`answers with status ${statusCode}.`)
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? '')) return refuse('answers compressed.')
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) return refuse('holds more than 1 MB.')
    chunks.push(chunk)
  }
  const text = textOf(Buffer.concat(chunks))
  if (text === undefined) return { wrong: 'holds something else than UTF-8 text.' }
  return { text, etag: kept(headers.etag), last_modified: kept(headers['last-modified']) }
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function kept(validator: string | undefined): string | null {
  return validator !== undefined && validator.length <= longestValidator ? validator : null
}

// A code such as ECONNREFUSED or CERT_HAS_EXPIRED; never what the other side wrote.
function unreachable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
  return `cannot be reached: ${code}.`
}
