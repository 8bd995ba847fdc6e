// The operator's doors to what comes and goes at a connection: its metadata, and signers that nobody has approved.

import type { Author } from '../audit/event.ts'
import type { Approval } from '../connections/approve.ts'
import type { Connection } from '../connections/connection.ts'
import { showSigner, showTrusted } from '../connections/show.ts'
import type { UnknownSigner } from '../connections/unknown-signer.ts'
import { Problem } from '../problem.ts'
import { idOf, ifMatch, tagged } from './admin.ts'
import { authorOf } from './author.ts'
import type { Doors } from './send.ts'

/** The verbs behind these doors. */
export interface MetadataDeps {
  get: (id: string) => Promise<Connection | undefined>
  show: (connection: Connection) => Promise<object>
  refresh: (id: string) => Promise<void>
  signers: (id: string) => Promise<UnknownSigner[]>
  approve: (id: string, sha256: string, ifMatch: number | undefined, author: Author) => Promise<Approval>
  clock: () => Date
}

/** The doors of metadata and unknown signers. */
export function metadataDoors({ get, show, refresh, signers, approve, clock }: MetadataDeps): Doors {
  const find = async (id: string) => {
    const connection = await get(id)
    if (!connection) throw new Problem('connection_not_found')
    return connection
  }
  return {
    refreshMetadata: async (request, reply) => {
      await refresh(idOf(request))
      const connection = await find(idOf(request))
      return tagged(reply, connection.version).send(await show(connection))
    },
    listUnknownSigners: async (request, reply) => {
      const connection = await find(idOf(request))
      const items = (await signers(connection.id)).map(showSigner)
      return tagged(reply, connection.version).send({ items, trusted: showTrusted(connection.certificates, clock()) })
    },
    approveUnknownSigner: async (request, reply) => {
      const { sha256 } = request.params as { sha256: string }
      const { connection, approved, before } = await approve(idOf(request), sha256, ifMatch(request), authorOf(request))
      const [added] = showTrusted([approved], clock())
      const answer = { approved: added, before: showTrusted(before, clock()), connection: await show(connection) }
      return tagged(reply, connection.version).send(answer)
    },
  }
}
