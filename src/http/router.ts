// openapi.yaml is the router: paths, validation and security come from it, doors are found by operationId. A door without an
// operation, or an operation without a door, does not start.

import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods, RouteOptions } from 'fastify'
import openapiGlue from 'fastify-openapi-glue'
import { Problem } from '../problem.ts'
import { serializerCompiler, validatorCompiler } from './compilers.ts'
import type { Doors } from './send.ts'

/** What the router needs: every door, what openapi.yaml says, and whether a bearer key is the admin key (compared in constant time). */
export interface RouterOptions {
  doors: Doors
  specification: object
  isAdminKey: (key: string) => boolean
}

// Bytes. A response of 256 KiB grows by a third in base64, and a little more as a form.
const formBody = 400 * 1024
const adminBody = 2 * 1024 * 1024

const toldTogether = [
  ...['createConnection', 'changeConnection', 'createClient', 'changeClient'],
  ...['createWebhook', 'changeWebhook'],
]

/** Adds every operation of the specification. */
export async function routes(app: FastifyInstance, { doors, specification, isAdminKey }: RouterOptions): Promise<void> {
  const used = new Set<string>()
  // Before the body is even read: nobody without the key learns what a body should look like.
  const requireAdminKey = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.header('cache-control', 'no-store')
    const key = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (key === undefined || !isAdminKey(key)) throw new Problem('unauthorized')
  }
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.addHook('onRoute', requireMediaType)
  // The glue warns of every media type that only answers have; a door that is missing throws.
  const { level } = app.log
  app.log.level = 'error'
  await app.register(openapiGlue, {
    specification,
    operationResolver: (operationId, method, path) => {
      const handler = doors[operationId]
      if (!handler) throw new Error(`openapi.yaml names ${operationId}, which has no door`)
      used.add(operationId)
      const secured = path.startsWith('/api/')
      return {
        handler,
        method: method as HTTPMethods,
        url: path.replace(/\{(\w+)\}/g, ':$1'),
        ...(path.endsWith(wholeRequest) ? anyRequest(path) : {}),
        attachValidation: toldTogether.includes(operationId),
        bodyLimit: secured ? adminBody : formBody,
        ...(secured ? { onRequest: requireAdminKey } : {}),
      }
    },
  })
  app.log.level = level
  const unused = Object.keys(doors).filter(operationId => !used.has(operationId))
  if (unused.length > 0) throw new Error(`openapi.yaml lacks ${unused.join(', ')}`)
}

const wholeRequest = '/{original}'
// Asked with somebody else's request, which gateway.ts has made a GET of the door: its path is not here any more.
function anyRequest(path: string) {
  const url = `${path.slice(0, -wholeRequest.length).replace(/\{(\w+)\}/g, ':$1')}/`
  const preValidation = async ({ params }: FastifyRequest): Promise<void> => {
    Object.assign(params as object, { original: '' })
  }
  return { url, preValidation }
}

// A body of another type than the operation names is refused before it is read (RFC 9110 §15.5.16).
function requireMediaType(route: RouteOptions): void {
  const body = route.schema?.body as { content?: Record<string, unknown> } | undefined
  if (!body?.content) return
  const accepted = new RegExp(`^(${Object.keys(body.content).join('|')})( *; *charset="?utf-8"?)?$`, 'i')
  const check = async (request: FastifyRequest): Promise<void> => {
    if (!accepted.test(request.headers['content-type'] ?? '')) throw new Problem('unsupported_media_type')
  }
  route.onRequest = [route.onRequest ?? [], check].flat()
}
