// examples/kubernetes as its own tools see it: built by kustomize, and every object checked against the types and the schemas of
// Kubernetes, unknown members included. The schemas come from npm into a folder of their own.

import { execFileSync, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Test, test } from 'tap'
import { parseAllDocuments } from 'yaml'
import { needPackages, run, temporaryFolder } from './support.ts'

const models = 'kubernetes-models@5.1.0'
const project = fileURLToPath(new URL('../../', import.meta.url))

interface Manifest {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string }
}

async function build(): Promise<Manifest[]> {
  if (spawnSync('kubectl', ['version', '--client']).error) await needPackages('kubernetes-client')
  const text = await run('kubectl', ['kustomize', `${project}examples/kubernetes/example`])
  return parseAllDocuments(text).map(one => one.toJS())
}

async function schemas(t: Test): Promise<string> {
  const home = await temporaryFolder(t)
  await writeFile(join(home, 'package.json'), '{ "type": "module", "private": true }')
  const options = ['--prefix', home, '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund']
  // With the environment as it is: it says where the registry is and how it is trusted.
  execFileSync('npm', ['install', '--silent', ...options, models], { stdio: 'pipe' })
  return home
}

// An object literal in TypeScript may have no member that its type lacks.
const program = (all: Manifest[]) =>
  all
    .map(
      ({ apiVersion, kind, ...rest }, at) =>
        `import { ${kind} as K${at} } from 'kubernetes-models/${apiVersion}/${kind}'
export const o${at} = new K${at}(${JSON.stringify(rest)})
o${at}.validate()
`,
    )
    .join('')

const check = async (home: string, name: string, all: Manifest[]) => {
  await writeFile(join(home, `${name}.ts`), program(all))
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024']
  // Without what tap gives every Node that a test starts: tsc does not load with it.
  const node = (...args: string[]) => run('env', ['-u', 'NODE_OPTIONS', process.execPath, ...args])
  await node(`${project}node_modules/typescript/bin/tsc`, '--ignoreConfig', ...options, join(home, `${name}.ts`))
  await node(join(home, `${name}.ts`))
}

test('kustomize builds the example, and every object is as Kubernetes describes it', { timeout: 180_000 }, async t => {
  const all = await build()
  t.equal(all.length, 10)
  for (const { kind, metadata } of all)
    if (kind !== 'Namespace') t.equal(metadata.namespace, 'assay', `${kind} ${metadata.name}`)
  const text = JSON.stringify(all)
  t.notMatch(text, '"image":"assay"')
  const home = await schemas(t)
  await t.resolves(check(home, 'good', all))
  for (const [good, bad] of [
    ['"readOnlyRootFilesystem"', '"readOnlyRootFileSystem"'],
    ['"maxUnavailable":1', '"maxUnavailable":true'],
    ['"periodSeconds":2', '"periodSeconds":"2"'],
  ] as const) {
    t.match(text, good)
    await t.rejects(check(home, 'bad', JSON.parse(text.replace(good, bad))), bad)
  }
})
