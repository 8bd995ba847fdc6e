// Every misdeed of test/attacks: the evil message is refused for its own reason, the control comes in. `ls test/attacks` is the
// threat model.

import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { test } from 'tap'
import { judge } from '../src/saml/judge.ts'
import { type Attack, scene } from './support/attack.ts'
import { expectation, judged, tools, trustIn } from './support/judging.ts'

const folder = new URL('attacks/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .sort()
const attacks = await Promise.all(
  files.map(async file => ({
    file,
    attack: ((await import(new URL(file, folder).href)) as { attack: Attack }).attack,
  })),
)

test('a good response comes in', async t => {
  const { idp, response } = scene()
  t.equal(judged(response(), trustIn(idp), expectation(idp)).code, null)
})

for (const { file, attack } of attacks) {
  test(`${file}: ${attack.misdeed}`, async t => {
    const stage = scene()
    const trust = trustIn(stage.idp, { decryptionKeys: [stage.ours.privateKey], ...attack.trust })
    const expected = expectation(stage.idp, attack.expected)
    const { evil, control } = attack.forge(stage)
    t.not(evil, control, 'the misdeed changes something')
    const admitted = judged(control, trust, expected, stage.now)
    t.equal(
      admitted.code,
      null,
      `control: ${JSON.stringify(admitted.checks.filter(check => check.verdict === 'fail'))}`,
    )
    for (const how of [tools, { ...tools, opinion: undefined }]) {
      const refused = judged(evil, trust, expected, stage.now, how)
      t.ok([attack.code].flat().includes(refused.code ?? ('accepted' as never)), `refused with ${refused.code}`)
      if (!refused.examined) continue
      const failed = judge(refused.examined, expected, stage.now).filter(check => check.verdict === 'fail')
      t.equal(failed.length, 1, `for its own reason only: ${failed.map(check => check.name).join(', ')}`)
    }
  })
}

test('no attack makes us fetch anything', async t => {
  const seen: string[] = []
  const sink = createServer((request, answer) => {
    seen.push(request.url ?? '')
    answer.end()
  })
  await new Promise<void>(resolve => sink.listen(0, '127.0.0.1', resolve))
  t.teardown(() => sink.close())
  const address = sink.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  for (const { attack } of attacks) {
    const stage = scene()
    const evil = attack.forge(stage).evil.replaceAll('http://sink.example', origin)
    judged(
      evil,
      trustIn(stage.idp, { decryptionKeys: [stage.ours.privateKey], ...attack.trust }),
      expectation(stage.idp),
    )
  }
  await new Promise(resolve => setTimeout(resolve, 50))
  t.same(seen, [])
})
