// The table of refusals: openapi.yaml lists the same codes, and each is used.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { problems } from '../../src/problem.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const source = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts') && name !== 'problem.ts')
  .map(name => readFileSync(`${root}src/${name}`, 'utf8'))
  .join('\n')

test('openapi.yaml lists exactly the codes of the table', async t => {
  const yaml = readFileSync(`${root}openapi.yaml`, 'utf8')
  const list = /ProblemCode:\n\s+type: string\n\s+enum:\n((?:\s+- \w+\n)+)/.exec(yaml)?.[1] ?? ''
  const codes = [...list.matchAll(/- (\w+)/g)].map(([, code]) => code)
  t.same(codes, Object.keys(problems))
})

test('every code is used, has an error status and a title of its own', async t => {
  const titles = Object.values(problems).map(([, title]) => title)
  t.equal(new Set(titles).size, titles.length)
  for (const [code, [status]] of Object.entries(problems)) {
    t.ok(status >= 400 && status < 600, code)
    t.ok(source.includes(`'${code}'`), `${code} is used`)
  }
})
