/** What happens at connections that others want to hear of; `subject` is the connection. */
export interface ConnectionEvent {
  type: 'certificate.expiring' | 'certificate.unknown' | 'connection.changed' | 'metadata.failed'
  subject: string
  data: Record<string, unknown>
}

/** Tells an event, in the same transaction as what happened. */
export type EmitEvent = (event: ConnectionEvent) => Promise<void>
