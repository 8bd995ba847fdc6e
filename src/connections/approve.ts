import type { Author } from '../audit/event.ts'
import { Problem } from '../problem.ts'
import type { TrustedCertificate } from './certificate.ts'
import { type Connection, settingsOf } from './connection.ts'
import type { EmitEvent } from './event.ts'
import { type ChangeKeeper, mustFind, requireVersion, settleChange } from './settle.ts'
import { signerCertificate, type UnknownSigner } from './unknown-signer.ts'

/** What approving may do to the world, in one transaction. */
export interface ApprovalKeeper extends ChangeKeeper {
  signer(id: string, sha256: string): Promise<UnknownSigner | undefined>
  emit: EmitEvent
}

/** What an approval did: the certificate that is trusted now, and those that were before. */
export interface Approval {
  connection: Connection
  approved: TrustedCertificate
  before: readonly TrustedCertificate[]
}

/** Trusts an unknown signer beside those that are trusted. Throws `connection_not_found`, `not_found`, `precondition_failed`. */
export function approveSigner(deps: {
  transaction<T>(work: (keeper: ApprovalKeeper) => Promise<T>): Promise<T>
  clock: () => Date
}) {
  return (id: string, sha256: string, ifMatch: number | undefined, author: Author): Promise<Approval> =>
    deps.transaction(async keeper => {
      const current = await mustFind(keeper, id)
      requireVersion(current.version, ifMatch)
      const signer = await keeper.signer(id, sha256)
      const certificate = signer && signerCertificate({ certificate: signer.pem })
      if (!certificate) throw new Problem('not_found')
      const approved = { ...certificate, source: 'approved' as const }
      const draft = { settings: settingsOf(current), certificates: [...current.certificates, approved] }
      const change = { action: 'connection.signer_approved', now: deps.clock(), author }
      const connection = await settleChange(keeper, current, draft, change)
      const data = { by: 'approval', added: [sha256], retired: [], changed: [] }
      await keeper.emit({ type: 'connection.changed', subject: id, data })
      return { connection, approved, before: current.certificates }
    })
}
