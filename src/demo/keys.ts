// The signing keys of the demo's identity providers: one RSA key and self-signed certificate each, and one of a stranger
// whom nobody trusts. Made once, kept together in one PEM file (0600) per key under DATA_DIR/demo.

import { createPrivateKey, generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { selfSignedCertificate } from '../saml/certificate.ts'
import type { TenantId } from './people.ts'

/** Whoever signs: an RSA private key and the certificate (base64 of the DER, as in KeyInfo) that goes with it. */
export interface Signer {
  key: KeyObject
  certificate: string
}

/** Where keys are kept and what making one takes. */
export interface KeyDeps {
  dataDir: string
  clock: () => Date
  random: (bytes: number) => Buffer
}

const tenYears = 3650 * 86_400_000

/** The signer of a company of the demo, or the stranger; made at first use, the same from then on. */
export async function demoSigner(deps: KeyDeps, owner: TenantId | 'stranger'): Promise<Signer> {
  const path = join(deps.dataDir, 'demo', `${owner}.pem`)
  const pem = (await readExisting(path)) ?? (await create(deps, owner, path))
  return { key: createPrivateKey(pem), certificate: certificateOf(pem) }
}

function certificateOf(pem: string): string {
  const start = pem.indexOf('-----BEGIN CERTIFICATE-----')
  return new X509Certificate(pem.slice(start)).raw.toString('base64')
}

async function readExisting(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Two processes may get here at once: the file appears whole or not at all, and whoever comes second reads the first's. */
async function create(deps: KeyDeps, owner: string, path: string): Promise<string> {
  await mkdir(join(deps.dataDir, 'demo'), { recursive: true, mode: 0o700 })
  const draft = `${path}.${deps.random(8).toString('hex')}`
  await writeFile(draft, await makePem(deps, owner), { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft)
  }
  return readFile(path, 'utf8')
}

async function makePem({ clock, random }: KeyDeps, owner: string): Promise<string> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const notBefore = new Date(clock().getTime() - 86_400_000)
  const notAfter = new Date(clock().getTime() + tenYears)
  const subject = `Assay demo: ${owner}`
  const serial = random(16)
  const certificate = selfSignedCertificate({ subject, publicKey, privateKey, serial, notBefore, notAfter })
  return `${privateKey.export({ type: 'pkcs8', format: 'pem' })}${certificate}`
}
