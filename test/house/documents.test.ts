// The documents keep to the tree: what they name is there, and docs/conformance.md has every requirement once.

import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { guides } from '../../src/guides/guides.ts'
import { guideAsMarkdown, listOfGuides } from '../../src/guides/markdown.ts'
import { badFeeds } from '../interop/issuer.ts'
import { bad, good } from '../interop/token-cases.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (name: string) => readFileSync(`${root}${name}`, 'utf8')
const find = (pattern: string) => globSync(pattern, { cwd: root })

const path = /`((?:src|test|docs|examples|migrations|docker|scripts)\/[^`]*)`/g
// What the reader puts a name in place of, and what is made at run time.
const placeholder = /<\w+>|NNNN-name/g
const made = ['docker/secrets/']

const upTo = (last: number, prefix: string, digits = 2) =>
  Array.from({ length: last }, (_, at) => prefix + String(at + 1).padStart(digits, '0'))
const eGov = '002 004 006 012 013 015 017 021 022 030 031 040 041 050 052 054 055 061 062 065 066 113 114 115 116'
const requirements = [
  ...[upTo(4, 'SDP-G'), upTo(11, 'SDP-MD'), upTo(1, 'SDP-ALG'), upTo(39, 'SDP-SP')],
  ...[upTo(3, 'IIP-G'), upTo(12, 'IIP-MD'), upTo(7, 'IIP-SSO'), upTo(1, 'IIP-EXT')],
  ...[upTo(8, 'IIP-ALG'), upTo(17, 'IIP-SP'), upTo(17, 'P', 1), upTo(20, 'O', 1)],
  eGov.split(' ').map(number => `eGov-${number}`),
].flat()

test('every path that a document names is there', async t => {
  for (const document of [...find('docs/*.md'), 'README.md', 'CONTRIBUTING.md', ...find('examples/*/README.md')]) {
    for (const [, named = ''] of read(document).matchAll(path)) {
      if (made.includes(named)) continue
      t.ok(find(named.replace(placeholder, '*')).length > 0, `${document} names ${named}`)
    }
  }
})

test('every requirement stands in docs/conformance.md once', async t => {
  const text = read('docs/conformance.md')
  for (const id of requirements) t.equal(text.match(new RegExp(`\\b${id}\\b`, 'g'))?.length, 1, id)
})

test('docs/guides says what the guides say, which `npm run guides` writes there', async t => {
  const pages = guides.map(({ id }) => `docs/guides/${id}.md`)
  t.same(find('docs/guides/*.md').sort(), [...pages, 'docs/guides/README.md'].sort())
  for (const guide of guides) t.equal(read(`docs/guides/${guide.id}.md`), guideAsMarkdown(guide), guide.id)
  t.ok(read('docs/guides/README.md').includes(`\n\n${listOfGuides()}\n\n`))
})

test('the backends’ README names every token that they are tried with', async t => {
  const [, table = ''] = read('examples/backends/README.md').split('## What they are tried with')
  const named = table.match(/(?<=^\|.*`)[\w-]+(?=`.*\|$)/gm) ?? []
  t.same(named.sort(), [...Object.keys(good), ...Object.keys(bad), ...Object.keys(badFeeds)].sort())
})

test('every address, parameter and header of ours that the file of a gateway names is there', async t => {
  const yaml = read('openapi.yaml')
  const [, door = ''] = /operationId: gatewayVerify\n([\s\S]*?)\n {2}\//.exec(yaml) ?? []
  const modes = /enum: \[(status[^\]]*)\]/.exec(door)?.[1]?.split(', ') ?? []
  const asked = read('src/http/gateway.ts').toLowerCase()
  for (const file of find('examples/gateways/*/*')) {
    const text = read(file).replace(/^\s*(#|--).*$/gm, '')
    for (const [address = ''] of text.matchAll(/\/(gateway\/verify|\.well-known|authorize|token)\b[\w/.-]*/g))
      t.ok(
        yaml.includes(`\n  ${address.replace(/verify\/\w+$/, 'verify/{client}/{original}')}:\n`),
        `${file}: ${address}`,
      )
    for (const [, name = '', value = ''] of text.matchAll(/[?&](\w+)=(\w*)/g))
      t.ok(name === 'client' || (name === 'mode' && modes.includes(value)), `${file}: ${name}=${value}`)
    for (const [header = ''] of text.matchAll(/\bX-Auth-(?:Login|[A-Z][a-z]+)(?![\w[-])/gi))
      t.match(door, new RegExp(`^ +${header}:`, 'im'), `${file}: ${header}`)
    for (const [header = ''] of text.matchAll(/\bX-(?:Original)-\w+/gi))
      t.ok(asked.includes(`'${header.toLowerCase()}'`), `${file}: ${header}`)
  }
})

test('every door and every verb that docs/incidents.md names is there', async t => {
  const text = read('docs/incidents.md')
  const doors = [...read('openapi.yaml').matchAll(/^ {2}(\/[^:]*):$/gm)].map(
    ([, door = '']) => new RegExp(`^${door.replaceAll('.', '\\.').replace(/\{[a-z0-9_]+\}/g, '[A-Z0-9_]+')}$`),
  )
  const asked = [...text.matchAll(/\$ASSAY(\/[^?"` ]*)/g)].map(([, path = '']) =>
    path.replace(/versions\/2/, 'versions/N'),
  )
  t.ok(asked.length > 15)
  for (const path of asked)
    t.ok(
      doors.some(door => door.test(path)),
      path,
    )
  const verbs = read('src/cli.ts')
  for (const [, verb = ''] of text.matchAll(/npm run assay -- ([a-z]+)/g))
    t.match(verbs, new RegExp(`^  ${verb}: `, 'm'), verb)
})

test('every test that docs/threats.md quotes is there under that name', async t => {
  const tests = find('test/**/*.ts').map(read).join('\n')
  for (const [, name = ''] of read('docs/threats.md').matchAll(/"([^"]+)"/g))
    t.ok(tests.includes(`test('${name}'`), name)
})

test('every test file is in one suite, or runs by itself', async t => {
  const suites = find('test/suites/*.ts').flatMap(suite =>
    [...read(suite).matchAll(/^import '\.\.\/(.+)'$/gm)].map(([, file]) => `test/${file}`),
  )
  const files = find('test/**/*.test.ts').filter(file => !/^test\/(interop|docker|faults)\//.test(file))
  t.same([...suites, 'test/db/schema.test.ts'].sort(), files.sort())
})
