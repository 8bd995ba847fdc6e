// Verbs of the address book: make, change and remove a connection. Each change is one transaction; a change is refused when
// somebody else changed the connection since it was read (RFC 9110 §13.1.1).

import { Problem } from '../problem.ts'
import type { Connection } from './connection.ts'
import { type ConnectionBody, type ConnectionDraft, readDraft } from './draft.ts'

/** What these verbs may do to the world. Each capability runs in the same transaction. */
export interface ConnectionKeeper {
  find(id: string): Promise<Connection | undefined>
  insert(id: string, draft: ConnectionDraft, now: Date): Promise<void>
  update(id: string, version: number, draft: ConnectionDraft, now: Date): Promise<boolean>
  /** Locks a connection that is still at `version`; false when it is not there so. */
  hold(id: string, version: number): Promise<boolean>
  remove(id: string): Promise<void>
  /** Ends its sessions, so that the revocation feed says so. */
  endSessions(id: string, now: Date): Promise<unknown>
}

/** What they need beside the keeper. */
export interface ManageDeps {
  transaction<T>(work: (keeper: ConnectionKeeper) => Promise<T>): Promise<T>
  clock: () => Date
  newId: () => string
}

/** Makes a connection; throws `invalid_request` with every mistake of the body. */
export function createConnection({ transaction, clock, newId }: ManageDeps) {
  return (body: ConnectionBody): Promise<Connection> => {
    const draft = readDraft(body, undefined, clock())
    const id = newId()
    return transaction(async keeper => {
      await keeper.insert(id, draft, clock())
      return mustFind(keeper, id)
    })
  }
}

/** Changes the members that the body names; `ifMatch` is the version the caller read, undefined to change whatever is there. */
export function changeConnection({ transaction, clock }: ManageDeps) {
  return (id: string, body: ConnectionBody, ifMatch: number | undefined): Promise<Connection> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, id)
      requireVersion(current.version, ifMatch)
      const draft = readDraft(body, current, clock())
      if (!(await keeper.update(id, current.version, draft, clock()))) throw new Problem('precondition_failed')
      if (losesSessions(current, draft)) await keeper.endSessions(id, clock())
      return mustFind(keeper, id)
    })
}

// Switched off, of another tenant or another identity provider: nobody is in any more who came in before.
function losesSessions(before: Connection, { settings: after }: ConnectionDraft): boolean {
  const other = before.tenant !== after.tenant || before.issuer !== after.issuer
  return other || (before.enabled && !after.enabled)
}

/** Removes a connection and everything that came of it: logins, people, sessions. */
export function removeConnection({ transaction, clock }: ManageDeps) {
  return (id: string, ifMatch: number | undefined): Promise<void> =>
    transaction(async keeper => {
      const current = await mustFind(keeper, id)
      requireVersion(current.version, ifMatch)
      if (!(await keeper.hold(id, current.version))) throw new Problem('precondition_failed')
      await keeper.endSessions(id, clock())
      await keeper.remove(id)
    })
}

async function mustFind(keeper: Pick<ConnectionKeeper, 'find'>, id: string): Promise<Connection> {
  const connection = await keeper.find(id)
  if (!connection) throw new Problem('connection_not_found')
  return connection
}

/** Throws `precondition_failed` when somebody changed it since version `ifMatch`. */
export function requireVersion(version: number, ifMatch: number | undefined): void {
  if (ifMatch === undefined || ifMatch === version) return
  throw new Problem('precondition_failed', {
    detail: `It is at version ${version} now: read it again, then change it.`,
  })
}
