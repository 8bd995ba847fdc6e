import { trustedKey } from '../connections/certificate.ts'
import { type SignerEvidence, signerCertificate } from '../connections/unknown-signer.ts'
import { Problem } from '../problem.ts'
import { type Inquiry, openInquiry } from '../saml/inquiry.ts'
import type { Admission, Asker, Hearing } from './judgement.ts'
import type { Login } from './login.ts'

/**
 * What a refusal for an unknown key says of who signed: judged again with the key of the certificate that the message names, and
 * with everything else as before, the response would pass. Only of a login under way in this very browser. It is evidence for a
 * person and lets nobody in; undefined where there is none.
 */
export async function signerEvidence(
  judge: (hearing: Omit<Hearing, 'tools'>, inquiry: Inquiry, asker: Asker) => Promise<Admission>,
  { hearing, login, asker }: { hearing?: Omit<Hearing, 'tools'>; login?: Login; asker?: Asker },
  { code, stranger: certificate }: Problem,
): Promise<SignerEvidence | undefined> {
  if (!hearing || !login || !asker || code !== 'signature_unknown_key' || certificate === undefined) return undefined
  const kept = signerCertificate({ certificate })
  if (!kept) return undefined
  try {
    const { subjectHash } = await judge({ ...hearing, stranger: trustedKey(kept) }, openInquiry(), asker)
    return { connectionId: hearing.ready.connection.id, certificate, subjectHash, at: hearing.now }
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}
