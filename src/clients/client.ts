// Who gets tokens. A client is an application or a group of backends: the audience of its tokens, where its people may return
// to, which connections it accepts. This room hands on Clients; it never sees a token.

import { type Mistake, Problem } from '../problem.ts'
import { type ClientKeys, keyMistakes } from './client-keys.ts'
import { isRedirectUri } from './redirect-uri.ts'

/** What an operator decides about a client. */
export interface ClientSettings {
  client_id: string
  name: string
  audience: string
  redirect_uris: string[]
  origins: string[]
  post_logout_redirect_uris: string[]
  /** Seconds; null: TOKEN_TTL. */
  token_ttl: number | null
  confidential: boolean
  /** Public keys of a client that signs what it authenticates with (private_key_jwt); null: it has a secret, or none. */
  jwks: ClientKeys | null
  /** Connection ids; empty: all. */
  connections: string[]
}

/** A client as it is kept. */
export interface Client extends ClientSettings {
  version: number
  secret_hash: Buffer | null
  created_at: Date
  updated_at: Date
}

/** The client that exists from the start. */
export const defaultClientId = 'default'

/** A body over the client as it stands, or over the defaults; throws `invalid_request` with every mistake. */
export function readClient(body: Partial<ClientSettings>, current: Client | undefined): ClientSettings {
  const settings = { ...(current ? settingsOf(current) : clientDefaults), ...body } as ClientSettings
  const mistakes: Mistake[] = [
    ...wrong('origins', settings.origins, isOrigin, 'must be an origin such as https://app.example.com, without path.'),
    ...wrong(
      'redirect_uris',
      settings.redirect_uris,
      isRedirectUri,
      'must be an absolute https URL without fragment; http only on localhost or a loopback address.',
    ),
    ...wrong(
      'post_logout_redirect_uris',
      settings.post_logout_redirect_uris,
      isHttpUrl,
      'must be an absolute http or https URL without fragment.',
    ),
    ...keyMistakes(settings.jwks, settings.confidential),
  ]
  if (mistakes.length > 0) throw new Problem('invalid_request', { mistakes })
  return settings
}

/** What a client is where nothing is said. */
export const clientDefaults = {
  redirect_uris: [],
  origins: [],
  post_logout_redirect_uris: [],
  token_ttl: null,
  confidential: false,
  jwks: null,
  connections: [],
} satisfies Partial<ClientSettings>

/** What an operator decided, without what the service adds. */
export function settingsOf(client: Client): ClientSettings {
  const { version: _v, secret_hash: _s, created_at: _c, updated_at: _u, ...settings } = client
  return settings
}

function wrong(field: string, values: readonly string[], fits: (value: string) => boolean, message: string): Mistake[] {
  return [...values.entries()]
    .filter(([, value]) => !fits(value))
    .map(([at]) => ({ field: `${field}[${at}]`, message }))
}

function isOrigin(text: string): boolean {
  return isHttp(text) && URL.parse(text)?.origin === text
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text)
  return (
    isHttp(text) && /^[\x21-\x7e]+$/.test(text) && url?.username === '' && url.password === '' && !text.includes('#')
  )
}

function isHttp(text: string): boolean {
  return ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? '')
}

/** Whether a client authenticates with a secret. */
export function hasSecret({ confidential, jwks }: Pick<ClientSettings, 'confidential' | 'jwks'>): boolean {
  return confidential && jwks === null
}

/** What tells one state of a client from another; who was removed and made anew counts versions anew. */
export type ClientState = Pick<Client, 'version' | 'created_at'>

/** Whether two readings show a client in the same state; undefined is no client. */
export function sameState(one: ClientState | undefined, other: ClientState | undefined): boolean {
  return one?.version === other?.version && one?.created_at.getTime() === other?.created_at.getTime()
}

/** Whether two states of a client authenticate with the same: neither, one secret, or the same keys. */
export function provesTheSame(one: Client, other: Client): boolean {
  const proof = ({ confidential, secret_hash, jwks }: Client) =>
    JSON.stringify([confidential, secret_hash?.toString('hex') ?? null, jwks])
  return proof(one) === proof(other)
}

/** Whether people of a connection may sign in to a client. */
export function acceptsConnection(client: Client, connectionId: string): boolean {
  return client.connections.length === 0 || client.connections.includes(connectionId)
}
