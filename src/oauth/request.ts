// The authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1): query → AuthorizationRequest, or the error
// that the client is told.

import type { Client } from '../clients/client.ts'
import { Problem } from '../problem.ts'
import type { AuthorizationRequest } from './grant.ts'
import { knownScopes } from './scope.ts'

/** What is in the query of /authorize; members that are not known here are ignored (RFC 6749 §3.1). */
export interface AuthorizeQuery {
  client_id: string
  redirect_uri: string
  response_type?: string
  response_mode?: string
  scope?: string
  state?: string
  nonce?: string
  code_challenge?: string
  code_challenge_method?: string
  prompt?: string
  max_age?: string
  id_token_hint?: string
  login_hint?: string
  domain_hint?: string
  connection?: string
  tenant?: string
  /** What a person typed on our own page. */
  email?: string
  request?: string
  request_uri?: string
}

/** How the person may be asked. */
export type Prompt = 'none' | 'login' | 'select_account'

/** A request that was read, and how the person may be asked. */
export interface ReadRequest {
  request: AuthorizationRequest
  prompts: ReadonlySet<Prompt>
}

/** Reads a request whose client and redirect_uri were found right; throws the OAuth error that the client is told. */
export function readRequest(query: AuthorizeQuery, client: Pick<Client, 'confidential'>): ReadRequest {
  if (query.request !== undefined) throw new Problem('request_not_supported')
  if (query.request_uri !== undefined) throw new Problem('request_uri_not_supported')
  if (query.response_type === undefined) throw wrong('response_type is missing.')
  if (query.response_type !== 'code') throw new Problem('unsupported_response_type')
  if (query.response_mode !== undefined && query.response_mode !== 'query') throw wrong('response_mode must be query.')
  const prompts = readPrompts(query.prompt)
  const request: AuthorizationRequest = {
    redirect_uri: query.redirect_uri,
    state: query.state ?? null,
    nonce: query.nonce ?? null,
    scope: knownScopes(query.scope ?? ''),
    code_challenge: readChallenge(query, client),
    max_auth_age: prompts.has('login') ? 0 : readMaxAge(query.max_age),
  }
  return { request, prompts }
}

/** The path that asks the same again at one connection, for a person whose sign-in was refused. */
export function requestPath(request: AuthorizationRequest, clientId: string, connection: string): string {
  const { redirect_uri, scope, state, nonce, code_challenge, max_auth_age } = request
  const given = Object.entries({ state, nonce, code_challenge }).filter(
    (one): one is [string, string] => one[1] !== null,
  )
  const query = new URLSearchParams([
    ...Object.entries({ client_id: clientId, redirect_uri, response_type: 'code', scope: scope.join(' '), connection }),
    ...given,
    ...(code_challenge === null ? [] : [['code_challenge_method', 'S256']]),
    ...(max_auth_age === null ? [] : [['max_age', String(max_auth_age)]]),
  ])
  return `/authorize?${query}`
}

function readChallenge(
  { code_challenge: challenge, code_challenge_method: method }: AuthorizeQuery,
  { confidential }: Pick<Client, 'confidential'>,
): string | null {
  if (challenge === undefined) {
    if (method !== undefined || !confidential) throw wrong('code_challenge is missing (PKCE, S256).')
    return null
  }
  if (method !== 'S256') throw wrong('code_challenge_method must be S256.')
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw wrong('code_challenge must be SHA-256 in base64url.')
  return challenge
}

// consent is taken and does nothing: what a client may have is the operator's decision, made when the client was set up.
function readPrompts(text = ''): ReadonlySet<Prompt> {
  const asked = new Set(text.split(' ').filter(one => one !== ''))
  const known: readonly string[] = ['none', 'login', 'select_account', 'consent']
  if ([...asked].some(one => !known.includes(one))) throw wrong('prompt is not known.')
  if (asked.has('none') && asked.size > 1) throw wrong('prompt none goes with no other.')
  asked.delete('consent')
  return asked as ReadonlySet<Prompt>
}

function readMaxAge(text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d{1,9}$/.test(text)) throw wrong('max_age must be whole seconds.')
  return Number(text)
}

function wrong(detail: string): Problem {
  return new Problem('invalid_request', { detail })
}
