// Verbs of webhooks: make, change, remove. The secret leaves this room once, when it is made.

import { Problem } from '../problem.ts'
import { newSecret } from './message.ts'
import type { WebhookStore } from './store.ts'
import { readWebhook, secretContext, type Webhook, type WebhookSettings } from './webhook.ts'

/** What these verbs may use; `mayBePlain`: whether http will do. */
export interface WebhookDeps {
  transaction: <T>(work: (keeper: WebhookKeeper) => Promise<T>) => Promise<T>
  seal: (plain: Buffer, context: string) => Buffer
  clock: () => Date
  random: (bytes: number) => Buffer
  newId: () => string
  mayBePlain: boolean
}

/** What they may do to the world; inside one transaction. */
export type WebhookKeeper = Pick<WebhookStore, 'find' | 'insert' | 'update' | 'remove'>

/** A webhook, and its secret where it was just made. */
export interface WebhookAnswer {
  webhook: Webhook
  secret: string | undefined
}

/** Makes a webhook; throws `invalid_request` with every mistake. */
export function createWebhook({ transaction, seal, clock, random, newId, mayBePlain }: WebhookDeps) {
  return (body: Partial<WebhookSettings>): Promise<WebhookAnswer> => {
    const settings = readWebhook(body, undefined, mayBePlain)
    const [id, secret] = [newId(), newSecret(random)]
    return transaction(async keeper => {
      await keeper.insert(id, settings, seal(Buffer.from(secret), secretContext(id)), clock())
      return { webhook: await mustFind(keeper, id), secret }
    })
  }
}

/** Changes the members that the body names. */
export function changeWebhook({ transaction, clock, mayBePlain }: WebhookDeps) {
  return (id: string, body: Partial<WebhookSettings>, ifMatch: number | undefined): Promise<WebhookAnswer> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, id, ifMatch)
      const settings = readWebhook(body, current, mayBePlain)
      if (!(await keeper.update(current, settings, current.sealed_secret, clock()))) throw stale()
      return { webhook: await mustFind(keeper, id), secret: undefined }
    })
}

/** Gives a webhook another secret; what is sent from now on is signed with it. */
export function renewWebhookSecret({ transaction, seal, clock, random }: WebhookDeps) {
  return (id: string, ifMatch: number | undefined): Promise<WebhookAnswer> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, id, ifMatch)
      const secret = newSecret(random)
      const sealed = seal(Buffer.from(secret), secretContext(id))
      if (!(await keeper.update(current, current, sealed, clock()))) throw stale()
      return { webhook: await mustFind(keeper, id), secret }
    })
}

/** Removes a webhook, and what waits for it. */
export function removeWebhook({ transaction }: WebhookDeps) {
  return (id: string, ifMatch: number | undefined): Promise<void> =>
    transaction(async keeper => {
      if (!(await keeper.remove(await mustFind(keeper, id, ifMatch)))) throw stale()
    })
}

async function mustFind(keeper: Pick<WebhookKeeper, 'find'>, id: string, ifMatch?: number): Promise<Webhook> {
  const webhook = await keeper.find(id)
  if (!webhook) throw new Problem('not_found')
  if (ifMatch !== undefined && ifMatch !== webhook.version) throw stale()
  return webhook
}

const stale = (): Problem => new Problem('precondition_failed')
