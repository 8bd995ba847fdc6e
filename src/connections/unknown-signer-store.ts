// Unknown signers in PostgreSQL.

import type { Queryable } from '../db/pool.ts'
import { mostSigners, type SignerEvidence, signerCertificate, type UnknownSigner } from './unknown-signer.ts'

const mostPeople = 100

const known = `(select count(*)::int from people p
  where p.connection_id = u.connection_id and p.subject_hash = any(u.people))`

const select = `select u.connection_id, u.sha256, u.pem, u.subject, u.not_before, u.not_after, u.first_seen_at, u.last_seen_at,
  u.refused, cardinality(u.people) as people, ${known} as known_people from unknown_signers u`

/** The SQL of unknown signers. */
export function unknownSignerStore(db: Queryable) {
  return {
    /** Keeps a piece of evidence, in a transaction of the caller; answers the signer's fingerprint where it is the first of it. */
    async note(evidence: SignerEvidence): Promise<string | undefined> {
      const certificate = signerCertificate(evidence)
      if (!certificate) return undefined
      const { sha256, pem, subject, not_before, not_after } = certificate
      const { connectionId, at, subjectHash } = evidence
      const [row] = await db.query<{ refused: number }>(
        `insert into unknown_signers as u
           (connection_id, sha256, pem, subject, not_before, not_after, first_seen_at, last_seen_at, people)
         values ($1, $2, $3, $4, $5, $6, $7, $7, array[$8::bytea])
         on conflict (connection_id, sha256) do update set refused = u.refused + 1, last_seen_at = excluded.last_seen_at,
           people = case when u.people @> excluded.people or cardinality(u.people) >= ${mostPeople} then u.people
             else u.people || excluded.people end
         returning refused`,
        [connectionId, sha256, pem, subject, not_before, not_after, at, subjectHash],
      )
      await db.query(
        `delete from unknown_signers where connection_id = $1 and sha256 in
           (select u.sha256 from unknown_signers u where u.connection_id = $1
            order by ${known} desc, u.last_seen_at desc offset ${mostSigners})`,
        [connectionId],
      )
      return row?.refused === 1 ? sha256 : undefined
    },

    /** The unknown signers of a connection, the likeliest first. */
    list(connectionId: string): Promise<UnknownSigner[]> {
      return db.query<UnknownSigner>(
        `${select} where u.connection_id = $1 order by known_people desc, u.last_seen_at desc`,
        [connectionId],
      )
    },

    /** One of them. */
    async find(connectionId: string, sha256: string): Promise<UnknownSigner | undefined> {
      const [row] = await db.query<UnknownSigner>(`${select} where u.connection_id = $1 and u.sha256 = $2`, [
        connectionId,
        sha256,
      ])
      return row
    },
  }
}
