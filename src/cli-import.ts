// `assay import`: what other software kept, as a file that apply reads, and a report of what could not be taken over. Nothing is changed
// without --apply; private keys are never printed.

import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { applyDesired, readDesiredFiles } from './app-desired.ts'
import { keepImportedKeys, withoutMistakes } from './app-import.ts'
import { type Environment, referencesOf } from './cli-apply.ts'
import type { OpenHouse } from './cli-explain.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/pool.ts'
import { planText } from './desired/plan-text.ts'
import { writeContent } from './desired/written.ts'
import { importAuth0 } from './importing/auth0.ts'
import type { Imported, Origin } from './importing/imported.ts'
import { importKeycloak } from './importing/keycloak.ts'
import { importNodeSaml } from './importing/node-saml.ts'
import { importPolis, type PolisRow, polisKey } from './importing/polis.ts'
import { keysFor, readSpKey } from './importing/sp-key-material.ts'

const usage = `usage: npm run assay -- import polis DATABASE_URL|ROWS.json --base-url URL
       npm run assay -- import keycloak REALM.json [--base-url URL]
       npm run assay -- import auth0 CONNECTIONS.json --base-url URL [--auth0-tenant NAME]
       npm run assay -- import node-saml OPTIONS.json
  each with [--entity-id ID] [--acs-url URL] [--sp-key FILE --sp-cert FILE] [--out FILE] [--apply [-f REVIEWED.yaml]]`

const text = { type: 'string' } as const
const options = {
  ...{ 'base-url': text, 'entity-id': text, 'acs-url': text, 'auth0-tenant': text, 'sp-key': text, 'sp-cert': text },
  out: text,
  apply: { type: 'boolean' },
  file: { type: 'string', short: 'f' },
} as const

/** Imports; answers 0, or 2 where it was not asked properly. */
export async function runImport(
  config: Config,
  args: readonly string[],
  environment: Environment,
  open: OpenHouse,
): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [kind = '', source, ...others] = positionals
  if (source === undefined || others.length > 0 || !['polis', 'keycloak', 'auth0', 'node-saml'].includes(kind)) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  const origin = {
    baseUrl: values['base-url']?.replace(/\/+$/, ''),
    ...{ entityId: values['entity-id'], acsUrl: values['acs-url'], auth0Tenant: values['auth0-tenant'] },
  }
  const found = await readSource(kind, source, origin, environment)
  const imported = await withoutMistakes(withGivenKey(found, values['sp-key'], values['sp-cert']), new Date())
  const content = writeContent({ connections: imported.connections }, false)
  if (values.out !== undefined) writeFileSync(values.out, content, { flag: 'wx' })
  else if (!values.apply) process.stdout.write(content)
  process.stderr.write(report(imported))
  if (!values.apply) return 0
  const file = values.file ?? 'imported'
  const files = [{ name: file, text: values.file === undefined ? content : readFileSync(file, 'utf8') }]
  return applyImport(config, files, imported, environment, open)
}

async function applyImport(
  config: Config,
  files: { name: string; text: string }[],
  { keys }: Imported,
  environment: Environment,
  open: OpenHouse,
): Promise<number> {
  const now = new Date()
  const desired = await readDesiredFiles(files, referencesOf(environment), now)
  return open(config, async (db, { seal }) => {
    const host = new URL(config.publicUrl).hostname
    let kept = 0
    const also = async (tx: Parameters<typeof keepImportedKeys>[0]) => {
      kept = await keepImportedKeys(tx, keys, { seal, random: randomBytes, now, host })
    }
    const plan = await applyDesired(db, desired, { prune: false, agrees: () => true, clock: () => now, also })
    process.stdout.write(`${planText(plan)}${kept} keys sealed and kept. Done.\n`)
    return 0
  })
}

async function readSource(kind: string, source: string, origin: Origin, environment: Environment): Promise<Imported> {
  if (kind === 'polis') {
    const key = environment['POLIS_ENCRYPTION_KEY']
    return importPolis(await polisRows(source), key === undefined ? undefined : polisKey(key), origin)
  }
  const content: unknown = JSON.parse(readFileSync(source, 'utf8'))
  if (kind === 'keycloak') return importKeycloak(content, origin)
  return kind === 'auth0' ? importAuth0(content, origin) : importNodeSaml(content, origin)
}

// Only read, also where the account may write.
async function polisRows(source: string): Promise<PolisRow[]> {
  if (!/^postgres(ql)?:/.test(source)) return JSON.parse(readFileSync(source, 'utf8')) as PolisRow[]
  const db = openDatabase(source, { onIdleError: () => undefined, max: 1 })
  const select = `select key, value, iv, tag from jackson_store
    where key like 'saml:config:%' or key like 'x509:certificates:%' order by key`
  return db.query<PolisRow>(select).finally(db.close)
}

// A key that the settings do not hold: for every connection that comes without its own.
function withGivenKey(imported: Imported, keyFile: string | undefined, certFile: string | undefined): Imported {
  if (keyFile === undefined) return imported
  const certificate = certFile === undefined ? undefined : readFileSync(certFile, 'utf8')
  const key = readSpKey(readFileSync(keyFile, 'utf8'), certificate)
  if (typeof key === 'string') throw new Error(`--sp-key ${key}`)
  const ids = imported.connections.map(one => String(one['id']))
  const has = (id: string, purpose: string) =>
    imported.keys.some(one => one.connectionId === id && one.purpose === purpose)
  const given = keysFor(ids, key).filter(({ connectionId, purpose }) => !has(connectionId, purpose))
  return { ...imported, keys: [...imported.keys, ...given] }
}

function report({ connections, keys, notes }: Imported): string {
  const lines = notes.map(({ about, message }) => `- ${about}: ${message}`)
  const sum = `${connections.length} connections and ${keys.length} of our own keys can be taken over.`
  const rest = lines.length > 0 ? ['What could not be, or is not as it was:', ...lines] : []
  return `${[sum, ...rest].join('\n').replace(/[^\P{C}\n]/gu, '?')}\n`
}
