import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Test, test } from 'tap'
import { readKept } from '../../src/app-desired.ts'
import { withoutMistakes } from '../../src/app-import.ts'
import { decryptionKeysFor, openSpKey, signingKeyFor } from '../../src/connections/sp-key.ts'
import { spKeyStore } from '../../src/connections/sp-key-store.ts'
import { writeContent } from '../../src/desired/written.ts'
import { importAuth0 } from '../../src/importing/auth0.ts'
import type { Imported } from '../../src/importing/imported.ts'
import { importKeycloak } from '../../src/importing/keycloak.ts'
import { importNodeSaml } from '../../src/importing/node-saml.ts'
import { importPolis, polisKey } from '../../src/importing/polis.ts'
import { readSpKey } from '../../src/importing/sp-key-material.ts'
import { sealer } from '../../src/seal.ts'
import { assay } from '../support/cli.ts'
import { testDatabase } from '../support/database.ts'
import { testIdp } from '../support/idp.ts'
import { auth0Connections, keycloakRealm, nodeSamlOptions, oldKey } from '../support/moving.ts'
import { rsaPair } from '../support/rsa.ts'

const idp = testIdp()
const [key, other] = [oldKey(), oldKey()]
const sound = (imported: Imported) => withoutMistakes(imported, new Date())
const keysOf = ({ keys }: Imported) => keys.map(one => `${one.connectionId} ${one.purpose}`).sort()
const notesOf = ({ notes }: Imported) => notes.map(({ about, message }) => `${about}: ${message}`)

function says(t: Test, imported: Imported, wanted: readonly RegExp[]): void {
  const notes = notesOf(imported)
  for (const one of wanted)
    t.ok(
      notes.some(note => one.test(note)),
      `${one} in ${notes.join('\n')}`,
    )
  t.equal(notes.length, wanted.length, notes.join('\n'))
}

test('a realm of Keycloak: connections with its names and addresses, mappers as attributes and rules, keys by their use', async t => {
  const imported = await sound(importKeycloak(keycloakRealm(idp, key, other), {}))
  const [acme] = imported.connections
  const id = String(acme?.['id'])
  t.equal(imported.connections.length, 1)
  t.match(acme, {
    ...{ tenant: 'acme', name: 'Acme Entra ID', issuer: idp.issuer, sign_on_url: 'https://idp.example/sso' },
    ...{ logout_url: 'https://idp.example/slo', logout_binding: 'post', require_signed: 'assertion', clock_skew: 300 },
    ...{ require_encrypted: true, subject: 'employeeId', sp_entity_id: 'https://id.shop.example/auth/realms/shop' },
    acs_aliases: ['https://id.shop.example/auth/realms/shop/broker/acme/endpoint'],
    attributes: { email: ['urn:mail'], given_name: ['gn'], from_Role: { from: ['Role'], in_token: false } },
    roles: [
      { if: { from_Role: ['ops'] }, grant: ['operator'] },
      { if: { from_Role: ['boss'], from_ou: ['IT'] }, grant: ['it.boss'] },
    ],
  })
  t.equal((acme?.['certificates'] as string[]).length, 2)
  t.same(keysOf(imported), [`${id} encryption`, `${id} signing`])
  t.ok(imported.keys.find(one => one.purpose === 'signing')?.privateKey.equals(key.pair.privateKey))
  t.ok(imported.keys.find(one => one.purpose === 'encryption')?.privateKey.equals(other.pair.privateKey))
  says(t, imported, [
    /acme: the mapper sub was left out/,
    /acme: the mapper star was left out/,
    /acme: the mapper name was left out/,
    /acme: clocks may differ/,
    /google: was not taken over/,
    /bare: has no idpEntityId/,
    /bare: signatures were not verified there/,
    /bare: was not taken over: .*issuer/,
    /key masked: was not taken over/,
  ])
})

test('connections of Auth0: its entity ID and callback, its mapping, and what it does not hand out', async t => {
  const origin = { baseUrl: 'https://shop.eu.auth0.com' }
  const imported = await sound(importAuth0(auth0Connections(idp, key), origin))
  t.match(imported.connections, [
    {
      ...{ tenant: 'acme-saml', name: 'Acme', issuer: idp.issuer, sign_on_url: 'https://idp.example/sso' },
      ...{ request_binding: 'post', logout_url: 'https://idp.example/slo', domains: ['acme.example'] },
      ...{ allow_idp_initiated: true, subject: 'http://x/nameidentifier', sp_entity_id: 'urn:auth0:shop:acme-saml' },
      acs_aliases: ['https://shop.eu.auth0.com/login/callback?connection=acme-saml'],
      attributes: { email: ['mail'], department: ['ou'] },
    },
  ])
  t.equal(imported.connections.length, 1)
  t.equal(imported.keys.length, 2)
  says(t, imported, [
    /acme-saml: user_id came from the first/,
    /acme-saml: fieldsMap\.sub was left out/,
    /globex: Auth0 does not keep the entity ID/,
    /globex: requests were signed with the key of the Auth0 tenant/,
    /globex: assertions that are encrypted/,
    /globex: was not taken over: .*issuer/,
    /people: was not taken over: its strategy is auth0/,
  ])
  t.throws(() => importAuth0([], {}), /--base-url/)
})

test('options of node-saml: one strategy or several, never without the entity ID of the provider', async t => {
  const imported = await sound(importNodeSaml(nodeSamlOptions(idp, key), {}))
  t.match(imported.connections, [
    {
      ...{ tenant: 'acme', issuer: idp.issuer, request_binding: 'post', require_signed: 'assertion' },
      ...{ sp_entity_id: 'https://app.example/sp', acs_aliases: ['https://app.example/login/callback'] },
    },
  ])
  t.notOk('nameid_format' in (imported.connections[0] ?? {}))
  t.equal(imported.keys.length, 2)
  says(t, imported, [/acme: unsolicited responses/, /old: was not taken over: idpIssuer is missing/])
  const one = nodeSamlOptions(idp, key).acme
  t.match((await sound(importNodeSaml(one, {}))).connections, [{ tenant: 'idp.example' }])
  const signed = importNodeSaml({ ...one, wantAuthnResponseSigned: undefined, audience: 'urn:x' }, {})
  t.match(signed.connections, [{ require_signed: 'both' }])
  t.match(notesOf(signed).join('\n'), /the audience must be https:\/\/app\.example\/sp/)
})

test('rows of Polis that are encrypted open with its key only; what is not SAML is said', async t => {
  const rows = [{ key: 'saml:config:1', value: 'AAAA', iv: 'AAAAAAAAAAAAAAAA', tag: 'AAAAAAAAAAAAAAAAAAAAAA==' }]
  const origin = { baseUrl: 'https://sso.shop.example' }
  t.throws(() => importPolis(rows, undefined, origin), /POLIS_ENCRYPTION_KEY/)
  t.throws(() => importPolis(rows, polisKey('a'.repeat(32)), origin), /does not open/)
  t.throws(() => importPolis([], undefined, {}), /--base-url/)
  const oidc = { tenant: 'x', product: 'y', clientID: 'z', oidcProvider: {} }
  const plain = [{ key: 'saml:config:2', value: JSON.stringify(oidc), iv: null, tag: null }]
  const imported = importPolis(plain, undefined, origin)
  t.same(imported.connections, [])
  says(t, imported, [/x\/y: is an OpenID Connect connection/, /Polis: its database holds no key/])
})

test('a key that cannot be used is told without a word of it', async t => {
  const pem = (bits: number) => oldKey('weak', rsaPair(bits))
  const weak = pem(1024)
  const table: [string, string | undefined, RegExp][] = [
    [weak.privateKey, weak.certificate, /1024 bits/],
    [key.privateKey, other.certificate, /does not belong/],
    [key.privateKey, 'nonsense', /certificate that cannot be read/],
    ['**********', undefined, /no private key/],
    [key.certificate, undefined, /no private key/],
  ]
  for (const [privateKey, certificate, wanted] of table) {
    const read = readSpKey(privateKey, certificate)
    t.match(read, wanted)
    t.notMatch(String(read), privateKey.slice(30, 60))
  }
})

test('a private key of the identity provider, or a weak certificate, never gets in', async t => {
  const options = nodeSamlOptions(idp, key).acme
  const weak = testIdp('urn:weak', 1024)
  const imported = await sound(importNodeSaml({ ...options, idpCert: [weak.certificate, idp.certificate] }, {}))
  t.equal((imported.connections[0]?.['certificates'] as string[]).length, 1)
  t.match(notesOf(imported).join('\n'), /1024 bits/)
  const none = await sound(importNodeSaml({ ...options, idpCert: key.privateKey }, {}))
  t.same([none.connections, none.keys], [[], []])
  t.notMatch(notesOf(none).join('\n'), key.privateKey.slice(30, 60))
})

test('import prints a file and a report, changes nothing until --apply, then keeps the keys sealed; a second time nothing', async t => {
  const { url, db } = await testDatabase(t)
  const folder = mkdtempSync(join(tmpdir(), 'assay-import-'))
  const [source, out] = [join(folder, 'options.json'), join(folder, 'imported.yaml')]
  writeFileSync(source, JSON.stringify(nodeSamlOptions(idp, key).acme))
  const run = (...args: string[]) =>
    assay(['import', 'node-saml', source, ...args], { DATABASE_URL: url, PUBLIC_URL: 'https://sso.example' })
  const dry = await run('--out', out)
  t.match(dry, { exitCode: 0, stdout: '', stderr: /1 connections and 2 of our own keys/ })
  t.same((await readKept(db)).connections, [])
  writeFileSync(out, readFileSync(out, 'utf8').replace('name: idp.example', 'name: Reviewed'))
  const done = await run('--apply', '-f', out)
  t.match(done, { exitCode: 0, stdout: /1 to create[\s\S]*2 keys sealed and kept/ })
  t.notMatch(JSON.stringify([dry, done, readFileSync(out, 'utf8')]), /PRIVATE KEY|MII[A-Za-z0-9+/]{60}[^"]*PRIVATE/)
  const [connection] = (await readKept(db)).connections
  t.match(connection, { name: 'Reviewed', sp_entity_id: 'https://app.example/sp' })
  const kept = await spKeyStore(db).list()
  const { open } = sealer(Buffer.alloc(32, 7))
  const id = connection?.id ?? ''
  const signing = signingKeyFor(kept, id)
  t.ok(signing && openSpKey(signing, open).privateKey.equals(key.pair.privateKey))
  t.ok(decryptionKeysFor(kept, id).some(one => openSpKey(one, open).privateKey.equals(key.pair.privateKey)))
  t.match(await run('--apply', '-f', out), { exitCode: 0, stdout: /Nothing to change[\s\S]*0 keys sealed/ })
  t.match(await assay(['import', 'okta', source], { DATABASE_URL: url }), { exitCode: 2, stderr: /usage/ })
})

test('what is imported is the same every time, ids too', async t => {
  const realm = keycloakRealm(idp, key, other)
  const write = () => writeContent(importKeycloak(realm, {}), false)
  t.equal(write(), write())
})
