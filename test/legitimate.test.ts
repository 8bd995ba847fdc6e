// Every response of test/legitimate comes in, with both verifiers and with the strict one alone, and is read as it was meant.

import { readdirSync } from 'node:fs'
import { test } from 'tap'
import type { Assertion } from '../src/saml/assertion.ts'
import { scene } from './support/attack.ts'
import { expectation, judged, tools, trustIn } from './support/judging.ts'
import { alice, type Legitimate, type Meant } from './support/legitimate.ts'

const folder = new URL('legitimate/', import.meta.url)
const files = readdirSync(folder).sort()

for (const file of files) {
  const { cases } = (await import(new URL(file, folder).href)) as { cases: readonly Legitimate[] }
  for (const one of cases) {
    test(`${file}: ${one.sentence}`, async t => {
      const stage = scene()
      const trust = { ...trustIn(stage.idp, { decryptionKeys: [stage.ours.privateKey] }), ...one.trust?.(stage) }
      const expected = expectation(stage.idp, one.expected)
      const xml = one.response(stage)
      for (const how of [tools, { ...tools, opinion: undefined }]) {
        const { code, checks, examined } = judged(xml, trust, expected, stage.now, how)
        t.equal(code, null, JSON.stringify(checks.filter(check => check.verdict === 'fail')))
        t.same(examined && read(examined.assertion), { ...alice, ...one.means })
      }
    })
  }
}

test('no two cases say the same', async t => {
  const all = await Promise.all(
    files.map(async file => ((await import(new URL(file, folder).href)) as { cases: readonly Legitimate[] }).cases),
  )
  const sentences = all.flat().map(one => one.sentence)
  t.equal(new Set(sentences).size, sentences.length)
})

// Elements of one name are one attribute; a name may be any text, __proto__ too.
function read({ nameID, attributes }: Assertion): Meant {
  const byName = new Map<string, string[]>()
  for (const { name, values } of attributes) byName.set(name, [...(byName.get(name) ?? []), ...values])
  return { nameID: nameID?.value ?? null, attributes: Object.fromEntries(byName) }
}
