import type { FastifyReply } from 'fastify'
import { type Html, render } from '../pages/html.ts'

/** Sends a page of the demo, never to be kept by anybody in between. */
export function sendPage(reply: FastifyReply, page: Html): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(render(page))
}
