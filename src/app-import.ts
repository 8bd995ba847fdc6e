// Moving in: what an import found is checked as the admin API checks it, and its keys are sealed and kept for its connections.

import { createPublicKey, X509Certificate } from 'node:crypto'
import { recorder } from './app-audit.ts'
import { readDesiredFiles } from './app-desired.ts'
import { type Change, commandLine } from './audit/event.ts'
import { lineOf, type SealedSpKey, spKeyContext } from './connections/sp-key.ts'
import { spKeyStore } from './connections/sp-key-store.ts'
import { spKeyChange } from './connections/sp-rotation.ts'
import type { Queryable } from './db/pool.ts'
import { type Written, writeContent } from './desired/written.ts'
import type { Imported, ImportedKey, Note } from './importing/imported.ts'
import { Problem } from './problem.ts'
import { selfSignedCertificate } from './saml/certificate.ts'
import type { Sealer } from './seal.ts'
import { lockKeys } from './tokens/store.ts'

/** What of an import can be applied; what cannot is in the notes, with every mistake. */
export async function withoutMistakes({ connections, keys, notes }: Imported, now: Date): Promise<Imported> {
  const sound: Written[] = []
  const refused: Note[] = []
  const nothing = { env: () => undefined, file: () => '' }
  for (const one of connections) {
    try {
      await readDesiredFiles([{ name: '', text: writeContent({ connections: [one] }, true) }], nothing, now)
      sound.push(one)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const said = error.mistakes.map(
        ({ field, message }) => `${field.replace(/^\S+ connections\[0\]\.?/, '')} ${message}`,
      )
      refused.push({ about: String(one['name']), message: `was not taken over: ${said.join(' ')}` })
    }
  }
  const ids = new Set(sound.map(one => one['id']))
  return { connections: sound, keys: keys.filter(key => ids.has(key.connectionId)), notes: [...notes, ...refused] }
}

/** What keeping keys needs; `host` goes into a certificate that has to be made. */
export interface KeepKeys {
  seal: Sealer['seal']
  random: (bytes: number) => Buffer
  now: Date
  host: string
}

/** Keeps keys for connections that are there, used from now on; those that are kept already stay as they are. Answers how many it kept. */
export async function keepImportedKeys(tx: Queryable, keys: readonly ImportedKey[], deps: KeepKeys): Promise<number> {
  await lockKeys(tx)
  const store = spKeyStore(tx)
  const kept = await store.list()
  const taken: Change[] = []
  for (const key of keys) {
    const { connectionId, purpose } = key
    if (!(await store.hasConnection(connectionId))) continue
    const line = lineOf(kept, { purpose, connection_id: connectionId })
    if (line.some(one => isOf(one, key))) continue
    const made = sealed(key, deps)
    await store.insert(made)
    taken.push(spKeyChange('imported', undefined, made))
  }
  await recorder(tx, () => deps.now)(commandLine, ...taken)
  return taken.length
}

function isOf({ certificate }: SealedSpKey, { privateKey }: ImportedKey): boolean {
  return createPublicKey(privateKey).equals(new X509Certificate(certificate).publicKey)
}

function sealed({ connectionId, purpose, privateKey, certificate }: ImportedKey, deps: KeepKeys): SealedSpKey {
  const id = deps.random(10).toString('hex')
  const der = privateKey.export({ type: 'pkcs8', format: 'der' })
  return {
    ...{ id, purpose, connection_id: connectionId, created_at: deps.now, activated_at: deps.now, retired_at: null },
    certificate: certificate ?? certificateOf(privateKey, purpose, deps),
    sealed_private_key: deps.seal(der, spKeyContext(id)),
  }
}

function certificateOf(
  privateKey: ImportedKey['privateKey'],
  purpose: string,
  { random, now, host }: KeepKeys,
): string {
  const notAfter = new Date(now)
  notAfter.setUTCFullYear(now.getUTCFullYear() + 20)
  const publicKey = createPublicKey(privateKey)
  return selfSignedCertificate({
    ...{ subject: `${host} SAML ${purpose}`, serial: random(16), notBefore: now, notAfter },
    ...{ privateKey, publicKey },
  })
}
