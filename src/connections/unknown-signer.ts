// Signers that nobody has approved: certificates of responses that were right in everything but their key. Evidence for a person
// who compares fingerprints; whoever can begin a login can leave some. Nothing is trusted before an operator says so.

import { type IdpCertificate, readCertificates } from './certificate.ts'

/** What is kept of an unknown signer. */
export interface UnknownSigner extends IdpCertificate {
  connection_id: string
  first_seen_at: Date
  last_seen_at: Date
  /** Responses that were refused. */
  refused: number
  /** Whom they named: how many, a hundred at most, and how many of these had signed in here before. */
  people: number
  known_people: number
}

/** One response that was right in everything but its key. `subjectHash` is whom it named. */
export interface SignerEvidence {
  connectionId: string
  /** Base64 of the DER. */
  certificate: string
  subjectHash: Buffer
  at: Date
}

/** The most signers that are kept of one connection; those that named most people who signed in here before stay. */
export const mostSigners = 5

/** The certificate of a piece of evidence; undefined where its key would not do. */
export function signerCertificate({ certificate }: Pick<SignerEvidence, 'certificate'>): IdpCertificate | undefined {
  const read = readCertificates(certificate)
  return typeof read === 'string' ? undefined : read[0]
}
