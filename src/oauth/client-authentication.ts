// Who is asking at /token, /introspect and /revoke (RFC 6749 §2.3, RFC 7523 §2.2): a client proves itself in the one way that it was set
// up for, or is public and says its name. Every failure is `invalid_client`.

import { timingSafeEqual } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose'
import type { Client } from '../clients/client.ts'
import { assertionAlgs } from '../clients/client-keys.ts'
import { Problem } from '../problem.ts'
import { secretHash } from './grant.ts'

/** What came along: Basic credentials as they were decoded, and the members of the form. */
export interface Credentials {
  basic: { id: string; secret: string } | undefined
  client_id?: string | undefined
  client_secret?: string | undefined
  client_assertion?: string | undefined
  client_assertion_type?: string | undefined
}

/** What this verb may use; `consume` keeps an assertion's id until `expiresAt` and answers whether it was new. */
export interface AuthenticationDeps {
  findClient: (clientId: string) => Promise<Client | undefined>
  consume: (clientId: string, jtiHash: Buffer, expiresAt: Date) => Promise<boolean>
  audiences: readonly string[]
  clock: () => Date
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const types: readonly unknown[] = [undefined, 'JWT', 'client-authentication+jwt']

// Seconds: how far clocks may differ, and how far ahead an assertion may end.
const skew = 60
const longest = 600

/** The client that proves itself; throws `invalid_client`, or `invalid_request` where it tries two ways at once. */
export function authenticateClient(deps: AuthenticationDeps) {
  return async (credentials: Credentials): Promise<Client> => {
    const { basic, client_secret: posted, client_assertion: assertion } = credentials
    if ([basic, posted, assertion].filter(one => one !== undefined).length > 1)
      throw new Problem('invalid_request', { detail: 'A client authenticates in one way at a time.' })
    const client = await named(deps, credentials)
    if (assertion !== undefined) {
      await requireAssertion(deps, client, assertion, credentials.client_assertion_type)
      return client
    }
    const secret = basic?.secret ?? posted
    const proven = secret === undefined ? !client.confidential : isSecret(client, secret)
    if (!proven) throw new Problem('invalid_client')
    return client
  }
}

/**
 * The client that proves itself to memory, or else to the database. Memory may be old: whoever goes on with this client must see by
 * its state that it is as the database has it.
 */
export function recogniseClient(fromMemory: Authenticate, fromDatabase: Authenticate): Authenticate {
  return credentials =>
    fromMemory(credentials).catch(error => {
      if (error instanceof Problem && error.code === 'invalid_client') return fromDatabase(credentials)
      throw error
    })
}

type Authenticate = ReturnType<typeof authenticateClient>

async function named({ findClient }: AuthenticationDeps, credentials: Credentials): Promise<Client> {
  const { basic, client_id: posted, client_assertion: assertion } = credentials
  const claimed = basic?.id ?? (assertion === undefined ? undefined : issuerOf(assertion))
  const id = posted ?? claimed
  if (id === undefined || (claimed !== undefined && claimed !== id)) throw new Problem('invalid_client')
  const client = await findClient(id)
  if (!client) throw new Problem('invalid_client')
  return client
}

function issuerOf(assertion: string): string {
  try {
    return decodeJwt(assertion).iss ?? ''
  } catch (cause) {
    throw new Problem('invalid_client', { cause })
  }
}

function isSecret({ secret_hash: expected }: Client, secret: string): boolean {
  return expected !== null && timingSafeEqual(secretHash(secret), expected)
}

async function requireAssertion(
  { audiences, clock, consume }: AuthenticationDeps,
  { client_id, jwks }: Client,
  assertion: string,
  type: string | undefined,
): Promise<void> {
  if (type !== assertionType || jwks === null) throw new Problem('invalid_client')
  const now = clock()
  const { payload, protectedHeader } = await jwtVerify(assertion, createLocalJWKSet(jwks as JSONWebKeySet), {
    algorithms: assertionAlgs,
    issuer: client_id,
    subject: client_id,
    audience: [...audiences],
    requiredClaims: ['exp', 'jti'],
    clockTolerance: skew,
    currentDate: now,
  }).catch(cause => {
    throw new Problem('invalid_client', { cause })
  })
  const jti = bounded(payload, now)
  if (jti === undefined || !types.includes(protectedHeader.typ)) throw new Problem('invalid_client')
  const expiresAt = new Date(((payload.exp ?? 0) + skew + 1) * 1000)
  if (!(await consume(client_id, secretHash(jti), expiresAt))) throw new Problem('invalid_client')
}

// For us alone, and over soon: the id of an assertion that may be kept until then.
function bounded({ aud, exp = Number.NaN, jti }: JWTPayload, now: Date): string | undefined {
  const forUsAlone = typeof aud === 'string' || aud?.length === 1
  const soon = exp <= now.getTime() / 1000 + longest
  return forUsAlone && soon && typeof jti === 'string' && jti.length <= 256 ? jti : undefined
}
