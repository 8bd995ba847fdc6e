// The wiring of the messenger: the verbs behind its doors, what it looks for every minute, and the delivery, which runs beside the
// requests and asks the database only where there is a webhook.

import type { ConnectionChange } from './connections/change.ts'
import type { Queryable } from './db/pool.ts'
import { everyMinute } from './every-minute.ts'
import { trustedProxies } from './http/proxies.ts'
import type { WebhookDoorDeps } from './http/webhooks.ts'
import { Problem } from './problem.ts'
import { type DeliverDeps, openDelivery } from './webhooks/deliver.ts'
import { changeWebhook, createWebhook, removeWebhook, renewWebhookSecret, type WebhookDeps } from './webhooks/manage.ts'
import { tellNotices } from './webhooks/notices.ts'
import { emit, outbox } from './webhooks/outbox.ts'
import { sendMessage } from './webhooks/send.ts'
import { webhookStore } from './webhooks/store.ts'
import { readWebhook, type WebhookSettings } from './webhooks/webhook.ts'
import type { World } from './world.ts'

const everyMs = 500
const timeoutMs = 10_000

/** Tells of a change of a connection, in its transaction. */
export function changedMessage(tx: Queryable, clock: () => Date): (change: ConnectionChange) => Promise<void> {
  return change => emit(tx, { type: 'connection.changed', subject: change.connection, data: change }, clock())
}

/** Opens the messenger; `delivered` counts attempts. `start` begins what runs beside the requests and answers what ends it. */
export function openWebhooks(world: World, delivered: (outcome: 'delivered' | 'failed' | 'dead') => void) {
  const { config, db, sealer, logger, clock } = world
  const [store, box] = [webhookStore(db), outbox(db)]
  // Whether there is a webhook, as of the last minute, or because one was just made here.
  let some = false
  const onError = (err: unknown) => logger.warn({ err }, 'webhooks wait')
  const told: DeliverDeps['told'] = (outcome, { webhook_id: webhook, id, attempts }, { status, error }) => {
    delivered(outcome)
    const level = { delivered: 'debug', failed: 'info', dead: 'warn' } as const
    logger[level[outcome]]({ webhook, message: id, outcome, attempts, status, error }, 'webhook')
  }
  const send = sendMessage({ isOurs: trustedProxies(config.webhookNetworks), timeoutMs })
  const delivery = openDelivery({ outbox: box, open: sealer.open, send, told, onError, clock })
  const look = async () => {
    some = (await store.enabled()) > 0
    if (!some) return
    await db.transaction(tx => tellNotices(tx, clock()))
    await box.giveUp(clock())
  }
  const turn = turnsWhile(() => some, delivery.turn, onError)
  return {
    doors: doorDeps(world, () => {
      some = true
    }),
    start: () => {
      const stopLooking = everyMinute(look, onError)
      const timer = setInterval(turn, everyMs)
      timer.unref()
      return async () => {
        clearInterval(timer)
        await stopLooking()
        await delivery.settled()
      }
    },
  }
}

// One turn at a time; of failures in a row the first is told.
function turnsWhile(wanted: () => boolean, turn: () => Promise<unknown>, onError: (error: unknown) => void) {
  let running = false
  let failed = false
  return async (): Promise<void> => {
    if (running || !wanted()) return
    running = true
    try {
      await turn()
      failed = false
    } catch (error) {
      if (!failed) onError(error)
      failed = true
    } finally {
      running = false
    }
  }
}

function doorDeps({ config, db, sealer, clock, random }: World, changed: () => void): WebhookDoorDeps {
  const [store, box] = [webhookStore(db), outbox(db)]
  const mayBePlain = config.webhookNetworks.length > 0
  const deps: WebhookDeps = {
    ...{ seal: sealer.seal, clock, random, mayBePlain },
    transaction: work => db.transaction(tx => work(webhookStore(tx))).finally(changed),
    newId: () => random(10).toString('hex'),
  }
  const change = changeWebhook(deps)
  return {
    list: ({ cursor, limit }) => store.list(cursor, limit),
    get: store.find,
    create: createWebhook(deps),
    change: (id, body, ifMatch) => change(id, body as Partial<WebhookSettings>, ifMatch),
    renewSecret: renewWebhookSecret(deps),
    remove: removeWebhook(deps),
    check: async (body, id) => {
      const current = id === undefined ? undefined : await store.find(id)
      return mistakesIn(() => readWebhook(body as Partial<WebhookSettings>, current, mayBePlain))
    },
    messages: (id, { state, cursor, limit }) => box.list(id, state, cursor, limit),
    again: (id, message) => box.again(id, message, clock()),
  }
}

function mistakesIn(read: () => unknown) {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof Problem) return error.mistakes
    throw error
  }
}
