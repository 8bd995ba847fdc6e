// What the service is made of: few packages, each named here with its licence, locked, and installed without running anything.

import { readFileSync } from 'node:fs'
import { test } from 'tap'

interface Locked {
  version: string
  license?: string
  resolved?: string
  integrity?: string
  dev?: boolean
  devOptional?: boolean
  optional?: boolean
  hasInstallScript?: boolean
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
const direct = Object.keys(JSON.parse(read('package.json')).dependencies)
const installed = Object.entries(packages).filter(([path]) => path !== '')
const inProduction = installed.filter(([, one]) => !one.dev && !one.devOptional && !one.optional)
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

test('the production tree holds what docs/dependencies.md lists, with its licences, and nothing else', async t => {
  const rows = inProduction.map(([path, { version, license }]) => `| ${nameOf(path)} | ${version} | ${license} |`)
  const listed = read('docs/dependencies.md')
    .split('\n')
    .filter(line => /^\| [@a-z]/.test(line))
  t.same(listed.sort(), [...new Set(rows)].sort())
  for (const name of direct)
    t.ok(
      inProduction.some(([path]) => path === `node_modules/${name}`),
      name,
    )
})

test('every licence lets a company ship the service closed', async t => {
  const fine = ['MIT', 'MIT License', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']
  t.same(
    inProduction.filter(([, { license }]) => !fine.includes(license ?? '')),
    [],
  )
})

test('every package is locked by a hash, and from no host that the lock names', async t => {
  for (const [path, { integrity, resolved }] of installed) {
    t.match(integrity, /^sha512-[\w+/]{86}==$/, path)
    t.equal(resolved, undefined, path)
  }
})

test('nothing has to run at installation: the image and the first start ignore scripts', async t => {
  for (const path of ['Dockerfile', 'scripts/bootstrap.mjs']) t.match(read(path), '--ignore-scripts')
  const wants = inProduction.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path))
  t.same(
    wants,
    ['@authenio/xsd-schema-validator'],
    'only what XSD_VALIDATOR=jvm compiles, which the service does itself',
  )
})

test('the service runs with the same flags wherever it starts, or what was compiled for it is of no use', async t => {
  const { scripts } = JSON.parse(read('package.json'))
  const flags = /MALLOC_ARENA_MAX=2 node (--.+) src\/server\.ts$/.exec(scripts.start)?.[1]?.split(' ') ?? []
  t.equal(flags.length, 2)
  const dockerfile = read('Dockerfile')
  t.match(dockerfile, ` node ${flags.join(' ')} -e "import('/app/src/house.ts')"`)
  t.match(dockerfile, `CMD ${JSON.stringify(['node', ...flags, 'src/server.ts']).replaceAll(',', ', ')}`)
  t.match(dockerfile, / MALLOC_ARENA_MAX=2$/m)
})
