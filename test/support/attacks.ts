// Every misdeed of a folder of test/attacks: the evil message is refused for its own reason, the control comes in. `ls` of the
// folder is the threat model.

import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { test } from 'tap'
import { judge } from '../../src/saml/judge.ts'
import { type Attack, scene } from './attack.ts'
import { expectation, judged, tools, trustIn } from './judging.ts'

const root = new URL('../attacks/', import.meta.url)

/** All attacks of a class, by file. */
export async function attacksOf(kind: string): Promise<[file: string, attack: Attack][]> {
  const folder = new URL(`${kind}/`, root)
  const files = readdirSync(folder).filter(name => name.endsWith('.ts'))
  const load = async (file: string) => ((await import(new URL(file, folder).href)) as { attack: Attack }).attack
  return Promise.all(files.sort().map(async (file): Promise<[string, Attack]> => [`${kind}/${file}`, await load(file)]))
}

// Those of single logout have a runner of their own (logout-attacks.ts).
const otherMessages = ['logout', 'redirect']

/** The names of all classes of attacks by a Response. */
export function attackClasses(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !otherMessages.includes(entry.name))
    .map(entry => entry.name)
}

/** Runs a class as tap tests. */
export async function runAttacks(kind: string): Promise<void> {
  const attacks = await attacksOf(kind)
  test('a good response comes in', async t => {
    const { idp, response } = scene()
    t.equal(judged(response(), trustIn(idp), expectation(idp)).code, null)
  })
  for (const [file, attack] of attacks) test(`${file}: ${attack.misdeed}`, async t => refused(t, attack))
  test('nothing is ever fetched', async t => nothingFetched(t, attacks))
}

function refused(t: Tap, attack: Attack): void {
  const stage = scene()
  const trust = trustIn(stage.idp, { decryptionKeys: [stage.ours.privateKey], ...attack.trust })
  const expected = expectation(stage.idp, attack.expected)
  const { evil, control } = attack.forge(stage)
  t.not(evil, control, 'the misdeed changes something')
  const admitted = judged(control, trust, expected, stage.now)
  t.equal(admitted.code, null, `control: ${JSON.stringify(admitted.checks.filter(check => check.verdict === 'fail'))}`)
  // The strict verifier must see it alone; the second opinion is asked only after it, and can only refuse more.
  const outcome = judged(evil, trust, expected, stage.now, { ...tools, opinion: undefined })
  t.ok([attack.code].flat().includes(outcome.code ?? ('accepted' as never)), `refused with ${outcome.code}`)
  if (!outcome.examined) return
  const failed = judge(outcome.examined, expected, stage.now).filter(check => check.verdict === 'fail')
  t.equal(failed.length, 1, `for its own reason only: ${failed.map(check => check.name).join(', ')}`)
}

async function nothingFetched(t: Tap, attacks: [string, Attack][]): Promise<void> {
  const seen: string[] = []
  const sink = createServer((request, answer) => {
    seen.push(request.url ?? '')
    answer.end()
  })
  await new Promise<void>(resolve => sink.listen(0, '127.0.0.1', resolve))
  t.teardown(() => sink.close())
  const address = sink.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  for (const [, attack] of attacks) {
    const stage = scene()
    const { evil } = attack.forge(stage)
    if (!evil.includes('sink.example')) continue
    const trust = trustIn(stage.idp, { decryptionKeys: [stage.ours.privateKey], ...attack.trust })
    judged(evil.replaceAll('http://sink.example', origin), trust, expectation(stage.idp))
  }
  await new Promise(resolve => setTimeout(resolve, 50))
  t.same(seen, [])
}

type Tap = import('tap').Test
