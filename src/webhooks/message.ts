// A message to a receiver: its bytes, its signature (Standard Webhooks 1.0), and when it is tried again.

import { createHmac } from 'node:crypto'
import type { WebhookEvent } from './webhook.ts'

/** A message as a replica takes it from the outbox; `attempts` counts the one that is being made. */
export interface TakenMessage {
  webhook_id: string
  id: string
  body: string
  attempts: number
  url: string
  sealed_secret: Buffer
}

/** A message as the API shows it. */
export interface SentMessage {
  id: string
  type: string
  state: 'waiting' | 'delivered' | 'dead'
  created_at: Date
  attempts: number
  next_at: Date | null
  delivered_at: Date | null
  dead_at: Date | null
  last_status: number | null
  last_error: string | null
}

const prefix = 'whsec_'

/** Seconds from one attempt to the next: 11 attempts within a day. */
const delays = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800]

/** When a message is tried again of which `attempts` failed, the last one at `now`; undefined: it is given up. */
export function nextAttempt(attempts: number, now: Date): Date | undefined {
  const delay = delays[attempts - 1]
  return delay === undefined ? undefined : new Date(now.getTime() + delay * 1000)
}

/** The bytes of a message. */
export function bodyOf({ type, subject, data }: WebhookEvent, now: Date): string {
  return JSON.stringify({ type, timestamp: now.toISOString(), subject, data })
}

/** A new secret in the form that libraries of Standard Webhooks take; 32 bytes. */
export function newSecret(random: (bytes: number) => Buffer): string {
  return `${prefix}${random(32).toString('base64')}`
}

/** The headers with which a message is sent. */
export function signedHeaders(id: string, body: string, secret: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }
}
