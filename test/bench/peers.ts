// The peers: other libraries, at pinned versions, in a folder of their own. None of them is a dependency of this project.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../.peers')
const versions = { samlify: '2.13.1', '@node-saml/node-saml': '5.1.0', '@boxyhq/saml20': '1.15.2' }

interface SamlifyServiceProvider {
  parseLoginResponse(idp: object, binding: 'post', request: { body: { SAMLResponse: string } }): Promise<object>
}

/** What the bench uses of each peer. */
export interface Peers {
  samlify: {
    setSchemaValidator(validator: { validate(xml: string): Promise<string> }): void
    ServiceProvider(settings: object): SamlifyServiceProvider
    IdentityProvider(settings: object): object
  }
  nodeSaml: {
    SAML: new (options: object) => { validatePostResponseAsync(form: { SAMLResponse: string }): Promise<object> }
  }
  saml20: { validate(xml: string, options: object): Promise<object> }
}

/** Loads the peers; installs them first where they are not there at these versions. */
export function loadPeers(): Peers {
  if (!Object.entries(versions).every(installed)) install()
  const load = createRequire(join(folder, 'package.json'))
  return {
    samlify: load('samlify') as Peers['samlify'],
    nodeSaml: load('@node-saml/node-saml') as Peers['nodeSaml'],
    saml20: (load('@boxyhq/saml20') as { default: Peers['saml20'] }).default,
  }
}

/** The peers with their versions, as one line. */
export function describePeers(): string {
  return Object.entries(versions)
    .map(entry => entry.join(' '))
    .join(', ')
}

function installed([name, version]: [string, string]): boolean {
  const path = join(folder, 'node_modules', name, 'package.json')
  return existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version === version
}

function install(): void {
  console.log(`Installing ${describePeers()} into .peers/`)
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`)
  const options = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--prefix', folder]
  execFileSync('npm', ['install', ...options, ...wanted], { stdio: 'inherit' })
}
