// The gateways that do not run here: their files are at least well-formed, and the Lua in them compiles.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { keep } from './gateway.ts'
import { needPackages, run, temporaryFolder } from './support.ts'

const files = ['traefik/assay.yaml', 'envoy/envoy.yaml', 'kong/kong.yaml']
const toJson = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))'

test('the files of gateways that do not run here are well-formed, and the Lua in them compiles', async t => {
  await needPackages('python3-yaml', 'lua5.1')
  const home = await temporaryFolder(t)
  let scripts = 0
  for (const file of files) {
    const path = fileURLToPath(new URL(`../../examples/gateways/${file}`, import.meta.url))
    const read: unknown = JSON.parse(await run('/usr/bin/python3', ['-c', toJson, path]))
    t.type(read, 'object', file)
    for (const text of texts(read).filter(one => one.includes('\n'))) {
      scripts += 1
      await t.resolves(run('luac5.1', ['-p', await keep(home, `${scripts}.lua`, text)]), join(file, String(scripts)))
    }
  }
  t.equal(scripts, 4)
})

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}
