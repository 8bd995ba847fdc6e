// What anybody may read: keys, discovery, our SAML metadata. Cacheable, and the same for everybody.

import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { jwksMaxAge } from '../tokens/rotation.ts'
import type { Doors } from './send.ts'

/** The facts behind these doors; `metadata` throws `connection_not_found`. */
export interface WellKnownDeps {
  jwks: () => Promise<object>
  discovery: () => Promise<object>
  metadata: (connectionId: string) => Promise<string>
  openapi: string
}

/** The doors that are open to everybody. */
export function wellKnownDoors({ jwks, discovery, metadata, openapi }: WellKnownDeps): Doors {
  const discover = async (_: FastifyRequest, reply: FastifyReply) => {
    const body = JSON.stringify(await discovery())
    return cacheable(reply, jwksMaxAge).type('application/json').send(body)
  }
  return {
    jwks: async (request, reply) => {
      const body = JSON.stringify(await jwks())
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
      cacheable(reply, jwksMaxAge).header('etag', etag)
      if (request.headers['if-none-match']?.split(/,\s*/).includes(etag)) return reply.code(304).send()
      return reply.type('application/jwk-set+json').send(body)
    },
    openidConfiguration: discover,
    authorizationServer: discover,
    spMetadata: async (request, reply) => {
      const { connection } = request.params as { connection: string }
      const xml = await metadata(connection)
      return cacheable(reply, jwksMaxAge).type('application/samlmetadata+xml').send(xml)
    },
    openapi: (_, reply) => cacheable(reply, jwksMaxAge).type('application/yaml').send(openapi),
  }
}

function cacheable(reply: FastifyReply, seconds: number): FastifyReply {
  return reply.headers({ 'cache-control': `public, max-age=${seconds}`, 'access-control-allow-origin': '*' })
}
