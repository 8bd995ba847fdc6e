// The operator's doors to the messenger: webhooks, and the messages that went to them, wait, or were given up.

import type { FastifyRequest } from 'fastify'
import { type Mistake, Problem } from '../problem.ts'
import type { WebhookAnswer } from '../webhooks/manage.ts'
import type { SentMessage } from '../webhooks/message.ts'
import { showWebhook, type Webhook } from '../webhooks/webhook.ts'
import { created, idOf, ifMatch, list, type PageQuery, removal, tagged } from './admin.ts'
import { checkedBody } from './body.ts'
import type { Doors } from './send.ts'

/** The verbs behind these doors. */
export interface WebhookDoorDeps {
  list: (page: PageQuery) => Promise<Webhook[]>
  get: (id: string) => Promise<Webhook | undefined>
  create: (body: object) => Promise<WebhookAnswer>
  change: (id: string, body: object, ifMatch: number | undefined) => Promise<WebhookAnswer>
  renewSecret: (id: string, ifMatch: number | undefined) => Promise<WebhookAnswer>
  remove: (id: string, ifMatch: number | undefined) => Promise<void>
  check: (body: object, id: string | undefined) => Promise<readonly Mistake[]>
  messages: (id: string, page: PageQuery & { state?: string }) => Promise<SentMessage[]>
  again: (id: string, message: string) => Promise<SentMessage | undefined>
}

/** The doors of webhooks. */
export function webhookDoors(deps: WebhookDoorDeps): Doors {
  const mustFind = async (id: string): Promise<Webhook> => {
    const found = await deps.get(id)
    if (!found) throw new Problem('not_found')
    return found
  }
  return {
    listWebhooks: list(deps.list, showWebhook, one => one.id),
    createWebhook: async (request, reply) => {
      const made = await deps.create(await checkedBody(request, body => deps.check(body, undefined)))
      const { id, version } = made.webhook
      return created(reply, `/api/v1/webhooks/${id}`, version).send(answer(made))
    },
    getWebhook: async (request, reply) => {
      const found = await mustFind(idOf(request))
      return tagged(reply, found.version).send(showWebhook(found))
    },
    changeWebhook: async (request, reply) => {
      const body = await checkedBody(request, body => deps.check(body, idOf(request)))
      const changed = await deps.change(idOf(request), body, ifMatch(request))
      return tagged(reply, changed.webhook.version).send(answer(changed))
    },
    renewWebhookSecret: async (request, reply) => {
      const changed = await deps.renewSecret(idOf(request), ifMatch(request))
      return tagged(reply, changed.webhook.version).send(answer(changed))
    },
    removeWebhook: removal(deps.remove),
    listWebhookMessages: async (request, reply) => {
      const { id } = await mustFind(idOf(request))
      const page = list<SentMessage>(
        query => deps.messages(id, query),
        one => one,
        one => one.id,
      )
      return page(request, reply)
    },
    resendWebhookMessage: async request => {
      const message = await deps.again(idOf(request), messageOf(request))
      if (!message) throw new Problem('not_found')
      return message
    },
  }
}

function answer({ webhook, secret }: WebhookAnswer): object {
  return secret === undefined ? showWebhook(webhook) : { ...showWebhook(webhook), secret }
}

function messageOf(request: FastifyRequest): string {
  return (request.params as { message: string }).message
}
