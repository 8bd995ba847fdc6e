// THE MESSENGER's noun: who wants to hear of what. This room owns webhooks, the outbox and what is told only once; it is handed events
// in the transaction of the change, and hands signed messages to receivers. It never sees a person's claims, a message of SAML or a
// token, promises no order, and delivers at least once: the id of a message says whether it came before.

import { type Mistake, Problem } from '../problem.ts'

/** The types of event, and when each happens. */
export const eventTypes = {
  'certificate.expiring': 'the last certificate of a connection ends within 60, 30 or 7 days',
  'certificate.unknown': 'a response was signed with a certificate that the connection does not have',
  'connection.changed': 'a connection was made, changed or removed',
  'connection.failing': 'several sign-ins in a row were refused for the same reason',
  'metadata.failed': 'the metadata of a connection could not be read',
  'session.ended': 'sessions were ended before their time',
} as const

/** The type of an event. */
export type EventType = keyof typeof eventTypes

/** Something that happened. `subject` is the id of what it happened to; `data` holds no secret and nothing of a person but ids. */
export interface WebhookEvent {
  type: EventType
  subject: string | null
  data: object
}

/** What an operator decides about a webhook. */
export interface WebhookSettings {
  name: string
  url: string
  events: EventType[]
  enabled: boolean
}

/** A webhook as it is kept. */
export interface Webhook extends WebhookSettings {
  id: string
  version: number
  sealed_secret: Buffer
  created_at: Date
  updated_at: Date
}

/** The additional data under which the secret of a webhook is sealed. */
export const secretContext = (id: string): string => `webhook-secret:${id}`

/** A body over the webhook as it stands, or over the defaults; throws `invalid_request` with every mistake. */
export function readWebhook(
  body: Partial<WebhookSettings>,
  current: Webhook | undefined,
  mayBePlain: boolean,
): WebhookSettings {
  const { name, url, events, enabled } = { ...(current ?? { enabled: true }), ...body } as WebhookSettings
  const mistakes: Mistake[] = []
  const wrong = url === undefined ? undefined : wrongUrl(url, mayBePlain)
  if (wrong) mistakes.push({ field: 'url', message: wrong })
  if (mistakes.length > 0) throw new Problem('invalid_request', { mistakes })
  return { name, url, events: [...new Set(events)].sort(), enabled }
}

/** What is wrong with a receiver's URL; its addresses are looked at when something is sent. */
export function wrongUrl(text: string, mayBePlain: boolean): string | undefined {
  const url = URL.parse(text)
  const schemes = mayBePlain ? ['https:', 'http:'] : ['https:']
  if (!url || !schemes.includes(url.protocol)) {
    return mayBePlain ? 'must be an http or https URL.' : 'must be an https URL; http only with WEBHOOK_NETWORKS.'
  }
  if (url.username || url.password) return 'must not hold a user name or password.'
  return text.includes('#') ? 'must not have a fragment.' : undefined
}

/** A webhook as the API shows it: without its secret. */
export function showWebhook({ sealed_secret: _, ...webhook }: Webhook): object {
  return webhook
}
