// Moving in from Polis: its own code writes a PostgreSQL, plain and encrypted, and is imported from what it wrote.

import { execFileSync } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Test, test } from 'tap'
import { readKept } from '../../src/app-desired.ts'
import { openSpKey, signingKeyFor } from '../../src/connections/sp-key.ts'
import { spKeyStore } from '../../src/connections/sp-key-store.ts'
import { sealer } from '../../src/seal.ts'
import { testApp } from '../support/app.ts'
import { begin, openBrowser } from '../support/browser.ts'
import { assay } from '../support/cli.ts'
import { emptyDatabase } from '../support/database.ts'
import { encryptAssertion } from '../support/encryption.ts'
import { assertionXml, parts, responseXml, type TestIdp, testIdp } from '../support/idp.ts'

const version = '26.2.0'
const folder = join(import.meta.dirname, '../../.peers/polis')
const acs = 'https://sso.shop.example/api/oauth/saml'
const entityId = 'https://saml.shop.example'

function install(): void {
  const file = join(folder, 'node_modules/@boxyhq/saml-jackson/package.json')
  if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version) return
  const options = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--omit=optional', '--prefix', folder]
  execFileSync('npm', ['install', ...options, `@boxyhq/saml-jackson@${version}`], { stdio: 'inherit' })
}

const metadata = (idp: TestIdp, host: string) => `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${idp.issuer}">
 <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>
${idp.bareCertificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
  <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://${host}/slo"/>
  <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://${host}/sso?app=7"/>
 </md:IDPSSODescriptor>
</md:EntityDescriptor>`

// What a company that runs Polis has: two customers, and the key that Polis made for itself.
async function filled(t: Test, idps: readonly TestIdp[], encryptionKey?: string) {
  const { url, db } = await emptyDatabase(t)
  install()
  const options = {
    ...{
      externalUrl: 'https://sso.shop.example',
      samlPath: '/api/oauth/saml',
      samlAudience: entityId,
      noAnalytics: true,
    },
    db: { engine: 'sql', type: 'postgres', url, ...(encryptionKey ? { encryptionKey } : {}) },
  }
  const connections = idps.map((idp, at) => ({
    ...{
      tenant: `customer${at}.example`,
      product: 'shop',
      name: `Customer ${at}`,
      redirectUrl: 'https://shop.example',
    },
    ...{ defaultRedirectUrl: 'https://shop.example/home', rawMetadata: metadata(idp, `idp${at}.example`) },
  }))
  const script = join(import.meta.dirname, 'polis.ts')
  const input = JSON.stringify({ folder, options, connections })
  const certificate = execFileSync(process.execPath, [script], { input, encoding: 'utf8' })
  return { url, db, certificate }
}

test('a database of Polis is imported: its people sign in here, at its address, under its name, with its keys', async t => {
  const idps = [testIdp('https://idp0.example/m'), testIdp('https://idp1.example/m')]
  const old = await filled(t, idps)
  const service = await testApp(t, { settings: { PUBLIC_URL: 'https://sso.shop.example' } })
  const settings = { DATABASE_URL: service.databaseUrl, PUBLIC_URL: 'https://sso.shop.example' }
  const args = ['import', 'polis', old.url, '--base-url', 'https://sso.shop.example', '--entity-id', entityId]
  const before = JSON.stringify(await old.db.query('select * from jackson_store order by key'))
  const dry = await assay(args, settings)
  t.match(dry, { exitCode: 0, stderr: /2 connections and 4 of our own keys/ })
  t.match(dry.stdout, `acs_aliases:\n      - ${acs}`)
  t.same((await readKept(service.db)).connections, [])

  const done = await assay([...args, '--apply'], settings)
  t.match(done, { exitCode: 0, stdout: /2 to create[\s\S]*4 keys sealed/ })
  t.notMatch(JSON.stringify([dry, done]), 'PRIVATE')
  t.equal(JSON.stringify(await old.db.query('select * from jackson_store order by key')), before)
  t.match(await assay([...args, '--apply'], settings), { exitCode: 0, stdout: /Nothing to change[\s\S]*0 keys sealed/ })

  const { connections } = await readKept(service.db)
  const kept = await spKeyStore(service.db).list()
  const { open } = sealer(Buffer.alloc(32, 7))
  for (const connection of connections) {
    t.match(connection, { sp_entity_id: entityId, acs_aliases: [acs], default_return_to: 'https://shop.example/home' })
    const signing = signingKeyFor(kept, connection.id)
    t.equal(signing && openSpKey(signing, open).bare, old.certificate.replace(/-----[^-]+-----|\s/g, ''))
  }

  // A sign-in, encrypted for the key that Polis had, posted to the address that the provider knows.
  const connection = connections.find(one => one.issuer === idps[0]?.issuer)
  const encryption = kept.find(one => one.connection_id === connection?.id && one.purpose === 'encryption')
  const [idp] = idps
  if (!connection || !encryption || !idp) throw new Error('Not imported')
  const browser = openBrowser(service.app)
  const begun = await begin(browser, connection.id)
  t.match(begun.xml, `AssertionConsumerServiceURL="${acs}"`)
  t.match(begun.xml, `>${entityId}</`)
  const sent = parts(idp, { entityId, acsUrl: acs }, begun.requestId)
  const key = openSpKey(encryption, open)
  const xml = responseXml(idp, sent, encryptAssertion(assertionXml(idp, sent), createPublicKey(key.privateKey)))
  const form = { SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: begun.relayState }
  const answer = await browser.post('/saml/acs', form, { accept: 'application/json' })
  t.equal(answer.statusCode, 303, answer.body)
})

test('an encrypted database of Polis opens with its key, given by the environment', async t => {
  const encryptionKey = 'k'.repeat(32)
  const old = await filled(t, [testIdp()], encryptionKey)
  const args = ['import', 'polis', old.url, '--base-url', 'https://sso.shop.example']
  const settings = { DATABASE_URL: 'postgres://nowhere.example/x' }
  t.match(await assay(args, settings), { exitCode: 1, stderr: /POLIS_ENCRYPTION_KEY/ })
  const opened = await assay(args, { ...settings, POLIS_ENCRYPTION_KEY: encryptionKey })
  t.match(opened, { exitCode: 0, stdout: /tenant: customer0\.example/, stderr: /1 connections and 2 of our own keys/ })
  t.match(opened.stdout, 'sp_entity_id: https://saml.boxyhq.com')
})
