import type { FastifyReply } from 'fastify'
import { type Html, render } from '../pages/html.ts'

/** Sends a page; nobody in between may keep it. */
export function sendPage(reply: FastifyReply, page: Html): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(render(page))
}

/** What a door is: a request in, an answer out. Doors are found by the operationId of openapi.yaml. */
export type Door = (request: import('fastify').FastifyRequest, reply: FastifyReply) => unknown

/** The doors of one subject, by operationId. */
export type Doors = Record<string, Door>
