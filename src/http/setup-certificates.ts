// The certificates of a connection that is there, for the IT admin who has a link to it: which are trusted, and the one step that
// people wait for after a change at the identity provider, trusting the next.

import type { approveSigner } from '../connections/approve.ts'
import { certificateState } from '../connections/certificate.ts'
import type { Connection } from '../connections/connection.ts'
import { fingerprint } from '../connections/show.ts'
import type { UnknownSigner } from '../connections/unknown-signer.ts'
import { setupCertificatesPage } from '../pages/setup-certificates.ts'
import { Problem } from '../problem.ts'
import { authorOf } from '../setup/link.ts'
import { signerOf } from './admin-view.ts'
import { sendPage } from './send.ts'
import type { Step } from './setup.ts'
import { fieldOf } from './setup-form.ts'
import { goOn, type Scene } from './setup-view.ts'

/** The verbs behind it. */
export interface CertificatesDeps {
  signers: (id: string) => Promise<UnknownSigner[]>
  approve: ReturnType<typeof approveSigner>
  clock: () => Date
}

type Adding = (path: string, step: Step) => void

/** Adds the page and its form. */
export function addCertificateSteps(get: Adding, post: Adding, { signers, approve, clock }: CertificatesDeps): void {
  get('/setup/certificates', async (scene, request, reply) => {
    const current = mustBeThere(scene)
    const now = clock()
    const certificates = current.certificates.map(one => ({
      ...{ subject: one.subject, fingerprint: fingerprint(one.sha256), notAfter: one.not_after },
      state: certificateState(one, now),
    }))
    const approved = 'approved' in (request.query as object)
    const shown = { signers: (await signers(current.id)).map(signerOf), certificates, approved }
    const { view, words } = scene
    const { version } = current
    return sendPage(reply, setupCertificatesPage({ ...view, ...shown, provider: words.title, version, now }))
  })
  post('/setup/certificates', async (scene, request, reply) => {
    const { id } = mustBeThere(scene)
    const version = Number.parseInt(fieldOf(request, 'version'), 10) || 0
    await approve(id, fieldOf(request, 'sha256'), version, authorOf(scene.session.link))
    return goOn(reply, '/setup/certificates?approved')
  })
}

function mustBeThere({ current }: Scene): Connection {
  if (!current) throw new Problem('connection_not_found')
  return current
}
