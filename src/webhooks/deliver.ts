// The verb that delivers: takes what is due and sends it. A receiver that is slow holds up nobody but itself; a replica that goes away
// in the middle leaves its messages to the others after a minute.

import { nextAttempt, signedHeaders, type TakenMessage } from './message.ts'
import type { Outbox } from './outbox.ts'
import type { Sent } from './send.ts'
import { secretContext } from './webhook.ts'

/** What it may use. `told` hears how each attempt went. */
export interface DeliverDeps {
  outbox: Pick<Outbox, 'take' | 'settle'>
  open: (sealed: Buffer, context: string) => Buffer
  send: (url: string, headers: Record<string, string>, body: string) => Promise<Sent>
  told: (outcome: 'delivered' | 'failed' | 'dead', message: TakenMessage, sent: Sent) => void
  onError: (error: unknown) => void
  clock: () => Date
}

/** Opens the delivery: `turn` takes and begins, `settled` resolves when nothing is under way. */
export function openDelivery({ outbox, open, send, told, onError, clock }: DeliverDeps) {
  const underWay = new Map<string, Promise<void>>()

  const attempt = async (message: TakenMessage): Promise<void> => {
    const secret = open(message.sealed_secret, secretContext(message.webhook_id)).toString()
    const sent = await send(message.url, signedHeaders(message.id, message.body, secret, clock()), message.body)
    const next = sent.error === null ? undefined : nextAttempt(message.attempts, clock())
    await outbox.settle(message, clock(), { ...sent, next })
    told(sent.error === null ? 'delivered' : next ? 'failed' : 'dead', message, sent)
  }
  const attemptAll = async (webhookId: string, messages: readonly TakenMessage[]): Promise<void> => {
    await Promise.all(messages.map(message => attempt(message).catch(onError)))
    underWay.delete(webhookId)
  }

  return {
    /** Takes what is due now and begins to send it; answers how many messages that were. */
    async turn(): Promise<number> {
      const taken = await outbox.take(clock(), [...underWay.keys()])
      for (const [webhookId, messages = []] of Object.entries(Object.groupBy(taken, one => one.webhook_id)))
        underWay.set(webhookId, attemptAll(webhookId, messages))
      return taken.length
    },
    /** When everything that is under way has come to its end. */
    settled: async (): Promise<void> => void (await Promise.all(underWay.values())),
  }
}
