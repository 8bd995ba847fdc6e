// The page of our keys, and what an operator may do about them.

import { X509Certificate } from 'node:crypto'
import { fingerprint } from '../connections/show.ts'
import { type SealedSpKey, spKeyState } from '../connections/sp-key.ts'
import { keysPage, type SpKeyRow } from '../pages/admin-keys.ts'
import { Problem } from '../problem.ts'
import { keyState } from '../tokens/signing-key.ts'
import { telling } from './admin-notices.ts'
import { type Desk, go } from './admin-pages.ts'
import type { KeyDeps } from './keys.ts'
import { sendPage } from './send.ts'
import { fieldOf } from './setup-form.ts'

const path = '/admin/keys'

/** Adds it. */
export function addKeyPages({ read, change }: Desk, { signingKeys, spKeys }: KeyDeps): void {
  read(path, async ({ view }, _, reply) => {
    const [signing, sp] = await Promise.all([signingKeys.list(), spKeys.list()])
    const rows = signing.map(one => ({
      ...{ kid: one.kid, alg: one.alg, state: keyState(one, view.now), createdAt: one.created_at },
      ...{ signsFrom: one.signs_from, signsUntil: one.signs_until },
    }))
    const newest = (a: { createdAt: Date }, b: { createdAt: Date }) => b.createdAt.getTime() - a.createdAt.getTime()
    return sendPage(reply, keysPage(view, rows.sort(newest), sp.map(one => spKeyRow(one, sp)).sort(newest)))
  })
  change(`${path}/rotate`, async ({ author }, _, reply) => {
    await signingKeys.rotate('asked', author)
    return go(reply, telling(path, 'key-made'))
  })
  change(`${path}/leaked`, async ({ author }, _, reply) => {
    await signingKeys.rotate('leaked', author)
    return go(reply, telling(path, 'keys-forgotten'))
  })
  change(`${path}/sp/publish`, async ({ author }, request, reply) => {
    const purpose = (['signing', 'encryption'] as const).find(one => one === fieldOf(request, 'purpose'))
    if (!purpose) throw new Problem('invalid_request', { detail: 'Say what the key is for.' })
    await spKeys.publish({ purpose, connection_id: null }, author)
    return go(reply, telling(path, 'sp-published'))
  })
  change(`${path}/sp/activate`, async ({ author }, request, reply) => {
    await spKeys.activate(fieldOf(request, 'id'), author)
    return go(reply, telling(path, 'sp-activated'))
  })
  change(`${path}/sp/retire`, async ({ author }, request, reply) => {
    await spKeys.retire(fieldOf(request, 'id'), author)
    return go(reply, telling(path, 'sp-retired'))
  })
}

function spKeyRow(one: SealedSpKey, all: readonly SealedSpKey[]): SpKeyRow {
  const certificate = new X509Certificate(one.certificate)
  return {
    ...{
      id: one.id,
      purpose: one.purpose,
      connection: one.connection_id,
      state: spKeyState(one, all),
      createdAt: one.created_at,
    },
    fingerprint: fingerprint(certificate.fingerprint256.replaceAll(':', '').toLowerCase()),
    notAfter: certificate.validToDate,
  }
}
