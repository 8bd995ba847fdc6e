// The operator's doors to set-up links.

import type { FastifyRequest } from 'fastify'
import type { Author } from '../audit/event.ts'
import { Problem } from '../problem.ts'
import { type SetupLink, showLink } from '../setup/link.ts'
import type { LinkBody } from '../setup/manage.ts'
import { list, type PageQuery } from './admin.ts'
import { authorOf } from './author.ts'
import type { Doors } from './send.ts'

/** The verbs behind these doors. */
export interface SetupLinkDeps {
  create: (body: LinkBody, author: Author) => Promise<{ link: SetupLink; url: string }>
  list: (page: PageQuery) => Promise<SetupLink[]>
  find: (id: string) => Promise<SetupLink | undefined>
  remove: (id: string, author: Author) => Promise<boolean>
}

/** The doors of set-up links. */
export function setupLinkDoors(deps: SetupLinkDeps): Doors {
  return {
    listSetupLinks: list(deps.list, showLink, one => one.id),
    createSetupLink: async (request, reply) => {
      const { link, url } = await deps.create(request.body as LinkBody, authorOf(request))
      return reply
        .code(201)
        .header('location', `/api/v1/setup-links/${link.id}`)
        .send({ ...showLink(link), url })
    },
    getSetupLink: async request => {
      const found = await deps.find(idOf(request))
      if (!found) throw new Problem('not_found')
      return showLink(found)
    },
    revokeSetupLink: async (request, reply) => {
      if (!(await deps.remove(idOf(request), authorOf(request)))) throw new Problem('not_found')
      return reply.code(204).send()
    },
  }
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}
