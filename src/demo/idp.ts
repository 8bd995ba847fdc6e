// The doors of the demo's identity providers: metadata, single sign-on by both bindings, and the answer, which goes to the
// service through the visitor's browser like any other.

import type {} from '@fastify/cookie'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Html } from '../pages/html.ts'
import { postPage } from '../pages/post.ts'
import { Problem } from '../problem.ts'
import { type Answer, answerCookie, readAnswer } from './answer.ts'
import { idpPage } from './idp-page.ts'
import { demoSigner, type KeyDeps } from './keys.ts'
import { demoIdpMetadata, idpEntityId, idpSignOnUrl } from './metadata.ts'
import { isTenant, people, type TenantId } from './people.ts'
import { type AuthnRequest, decodeRequest, readRequest } from './request.ts'
import { buildResponse } from './response.ts'
import { sendPage } from './send-page.ts'

/** What the identity providers need: their public origin, the origins that they answer to (default: their own), and what keys need. */
export type IdpDeps = KeyDeps & { publicUrl: string; acsOrigins?: readonly string[] }

/** A message as it came: the AuthnRequest's XML and the RelayState to be kept. */
interface Message {
  xml: string
  relayState: string | null
}

type Fields = Record<string, unknown> | null | undefined
type Tenant = { Params: { tenant: string }; Querystring: Record<string, unknown>; Body: Fields }

/** Adds the doors under `/demo/idp/{tenant}`. */
export function idpRoutes(app: FastifyInstance, deps: IdpDeps): void {
  const base = '/demo/idp/:tenant'
  app.get<Tenant>(`${base}/metadata`, async ({ params }, reply) => {
    return reply.type('application/samlmetadata+xml').send(await demoIdpMetadata(deps, tenantOf(params)))
  })
  app.get<Tenant>(`${base}/sso`, ({ params, query, cookies }, reply) => {
    return signOn(deps, reply, tenantOf(params), readMessage(query, 'redirect'), cookies[answerCookie])
  })
  app.post<Tenant>(`${base}/sso`, ({ params, body, cookies }, reply) => {
    return signOn(deps, reply, tenantOf(params), readMessage(body, 'post'), cookies[answerCookie])
  })
  app.post<Tenant>(`${base}/sso/answer`, async ({ params, body }, reply) => {
    const tenant = tenantOf(params)
    const answer = answerOf(tenant, body?.['answer'])
    if (answer === null) throw new Problem('invalid_request', { detail: 'Nobody of that name works here.' })
    return sendPage(reply, await answerPage(deps, tenant, readMessage(body, 'post'), answer))
  })
}

/** Answers at once when the home page has left a choice in the cookie, which is then used up; otherwise asks who is there. */
async function signOn(
  deps: IdpDeps,
  reply: FastifyReply,
  tenant: TenantId,
  message: Message,
  cookie: string | undefined,
): Promise<FastifyReply> {
  requestIn(message, deps)
  const answer = answerOf(tenant, cookie)
  if (answer === null) return sendPage(reply, choicePage(deps, tenant, message))
  reply.clearCookie(answerCookie, { path: '/demo/idp' })
  return sendPage(reply, await answerPage(deps, tenant, message, answer))
}

function choicePage({ publicUrl }: IdpDeps, tenant: TenantId, { xml, relayState }: Message): Html {
  const hidden = {
    SAMLRequest: Buffer.from(xml).toString('base64'),
    ...(relayState === null ? {} : { RelayState: relayState }),
  }
  return idpPage({ tenant, action: `${idpSignOnUrl(publicUrl, tenant)}/answer`, hidden })
}

async function answerPage(
  deps: IdpDeps,
  tenant: TenantId,
  message: Message,
  { person, misdeed }: Answer,
): Promise<Html> {
  const request = requestIn(message, deps)
  const idp = { ...(await demoSigner(deps, tenant)), entityId: idpEntityId(deps.publicUrl, tenant) }
  const stranger = await demoSigner(deps, 'stranger')
  const randomId = () => `_${deps.random(20).toString('hex')}`
  const xml = buildResponse({ person: people[person], request, idp, stranger, now: deps.clock(), randomId, misdeed })
  const relayState = message.relayState === null ? {} : { RelayState: message.relayState }
  const fields = { SAMLResponse: Buffer.from(xml).toString('base64'), ...relayState }
  return postPage({ action: request.acsUrl, fields, title: 'Taking you back' })
}

function requestIn({ xml }: Message, { publicUrl, acsOrigins = [publicUrl] }: IdpDeps): AuthnRequest {
  return readRequest(xml, acsOrigins)
}

function readMessage(fields: Fields, binding: 'redirect' | 'post'): Message {
  const relayState = fields?.['RelayState']
  if (relayState !== undefined && typeof relayState !== 'string')
    throw new Problem('invalid_request', { detail: 'RelayState is there twice.' })
  return { xml: decodeRequest(fields?.['SAMLRequest'], binding), relayState: relayState ?? null }
}

function tenantOf({ tenant }: { tenant: string }): TenantId {
  if (!isTenant(tenant)) throw new Problem('not_found')
  return tenant
}

function answerOf(tenant: TenantId, written: unknown): Answer | null {
  const answer = readAnswer(written)
  return answer !== null && people[answer.person].tenant === tenant ? answer : null
}
