// The doors between the rooms: which room may know which. A source file belongs to the first row that fits it.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'

const root = fileURLToPath(new URL('../../src/', import.meta.url))
const subjects = '(admin|audit|connections|clients|logins|logouts|oauth|sessions|setup|tokens)'
const store = /(^|\/)(health-|sp-key-|metadata-|unknown-signer-|version-)?store\.ts$/

// Verbs carry out one flow with the capabilities they are given; everything else in a subject's room is a noun.
const verbs =
  /^(admin\/enter|audit\/(record|verify)|connections\/(approve|manage|refresh|sp-rotation)|clients\/manage|logins\/(start|finish|find)|logouts\/(leave|receive)|oauth\/(authorize|client-authentication|exchange|inspect)|sessions\/(resume|end)|setup\/(manage|test)|tokens\/(mint|id-token|verify|rotate))\.ts$/

interface Row {
  room: RegExp
  may: RegExp
}

const pure = String.raw`saml/.*|problem\.ts|recent\.ts|node:crypto`
const rows: Row[] = [
  { room: /^(problem|recent)\.ts$/, may: /^$/ },
  { room: /^saml\/libxml2\.ts$/, may: /^libxml2-wasm\/lib\/libxml2raw\.mjs$/ },
  { room: /^saml\/samlify\.ts$/, may: /^(saml\/.*|problem\.ts|node:crypto|samlify|xml-crypto)$/ },
  { room: /^saml\//, may: /^(saml\/.*|problem\.ts|node:crypto|node:zlib)$/ },
  { room: /^see\/meters\.ts$/, may: /^prom-client$/ },
  { room: /^see\//, may: /^(see\/.*|recent\.ts|db\/pool\.ts|node:(async_hooks|crypto|perf_hooks))$/ },
  { room: /^webhooks\/(store|outbox|notices)\.ts$/, may: /^(webhooks\/.*|db\/pool\.ts|node:crypto)$/ },
  { room: /^webhooks\//, may: /^(webhooks\/.*|problem\.ts|node:(crypto|dns\/promises|http|https|net))$/ },
  { room: store, may: new RegExp(`^(${subjects}/.*|db/pool\\.ts|seal\\.ts)$`) },
  { room: /^(oauth|tokens)\//, may: new RegExp(`^(${subjects}/.*|${pure}|jose)$`) },
  { room: new RegExp(`^${subjects}/`), may: new RegExp(`^(${subjects}/.*|${pure})$`) },
  { room: /^desired\//, may: new RegExp(`^(desired/.*|${subjects}/.*|problem\\.ts|node:crypto|yaml)$`) },
  {
    room: /^importing\//,
    may: /^(importing\/.*|desired\/written\.ts|connections\/(certificate|reserved-claims)\.ts|saml\/algorithms\.ts|node:crypto)$/,
  },
  { room: /^db\//, may: /^(db\/.*|problem\.ts|pg|node:.*)$/ },
  { room: /^guides\//, may: /^(guides\/.*|connections\/(consoles|labels|provider|statuses)\.ts)$/ },
  { room: /^pages\//, may: /^(pages\/.*|guides\/.*|problem\.ts)$/ },
  { room: /^fetching\//, may: /^(fetching\/.*|node:.*)$/ },
  {
    room: /^demo\//,
    may: /^(demo\/.*|pages\/.*|problem\.ts|saml\/certificate\.ts|fastify|@fastify\/cookie|jose|node:.*)$/,
  },
  { room: /^http\/router\.ts$/, may: /^(http\/.*|problem\.ts|fastify|fastify-openapi-glue)$/ },
  { room: /^http\/compilers\.ts$/, may: /^(http\/.*|fastify|fast-json-stringify|@fastify\/ajv-compiler)$/ },
  {
    room: /^http\//,
    may: new RegExp(
      `^(http/.*|pages/.*|guides/.*|see/trace\\.ts|webhooks/.*|${subjects}/.*|problem\\.ts|fastify|@fastify/.*|node:.*)$`,
    ),
  },
  {
    room: /^http\//,
    may: new RegExp(
      `^(http/.*|pages/.*|${subjects}/.*|see/trace\\.ts|webhooks/.*|problem\\.ts|fastify|@fastify/.*|node:.*)$`,
    ),
  },
  {
    room: /^(server|cli|house|log|schemas|app|app-admin|app-admin-pages|app-audit|app-demo|app-desired|app-import|app-keys|app-logout|app-metadata|app-oauth|app-ready|app-see|app-sessions|app-setup|cli-audit|app-webhooks|cli-apply|cli-explain|cli-import|cli-keys|every-minute|reseal|explain|first-start|migrations|judge-again|judging|judging-thread|jvm-schema|purge|world|config|settings|setting-readers|seal|specification)\.ts$/,
    may: /./,
  },
]

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found = [
    ...text.matchAll(/^(?:import|export)\b[^'"]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gms),
  ]
  return found.map(([, from, bare, late]) => {
    const specifier = from ?? bare ?? late ?? ''
    return specifier.startsWith('.') ? relative(root, join(root, dirname(file), specifier)) : specifier
  })
}

test('every file imports only what its room may know', async t => {
  for (const file of files) {
    const row = rows.find(({ room }) => room.test(file))
    if (!row) {
      t.fail(`${file} belongs to no room`)
      continue
    }
    for (const specifier of importsOf(file)) t.match(specifier, row.may, `${file} imports ${specifier}`)
  }
})

test('no verb or noun of a subject imports a store, and no verb another subject’s verb', async t => {
  const inside = files.filter(file => new RegExp(`^${subjects}/`).test(file) && !store.test(file))
  for (const file of inside) {
    for (const specifier of importsOf(file)) {
      t.notOk(store.test(specifier), `${file} imports ${specifier}`)
      const foreign = dirname(specifier) !== dirname(file)
      t.notOk(foreign && verbs.test(specifier), `${file} imports ${specifier}`)
    }
  }
})

test('samlify and libxml2 have one importer each, memory is read in one place, and only the process reads the environment', async t => {
  const importers = (name: string) => files.filter(file => importsOf(file).includes(name))
  t.same(importers('samlify'), ['saml/samlify.ts'])
  t.same(importers('libxml2-wasm/lib/libxml2raw.mjs'), ['saml/libxml2.ts'])
  t.same(importers('saml/libxml2.ts').sort(), ['saml/xml-tree.ts', 'saml/xml.ts', 'saml/xsd.ts'])
  const readers = files.filter(file => /process\.env\b/.test(readFileSync(join(root, file), 'utf8')))
  t.same(
    readers.sort(),
    ['cli.ts', 'server.ts'].filter(file => files.includes(file)),
  )
})

test('files stay small', async t => {
  for (const file of files) {
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1
    t.ok(lines <= 200, `${file} has ${lines} lines`)
  }
})
