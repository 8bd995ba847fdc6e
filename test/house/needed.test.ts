// Every rule is needed: with a rule taken out, exactly its own attacks come in.

import { test } from 'tap'
import { judge, verdict } from '../../src/saml/judge.ts'
import { rules } from '../../src/saml/rules.ts'
import { scene } from '../support/attack.ts'
import { attackClasses, attacksOf } from '../support/attacks.ts'
import { expectation, judged, tools, trustIn } from '../support/judging.ts'

interface Broken {
  file: string
  rules: string[]
}

async function brokenRules(): Promise<Broken[]> {
  const attacks = (await Promise.all(attackClasses().map(attacksOf))).flat()
  return attacks.flatMap(([file, attack]) => {
    const stage = scene()
    const trust = trustIn(stage.idp, { decryptionKeys: [stage.ours.privateKey], ...attack.trust })
    const expected = expectation(stage.idp, attack.expected)
    const { examined } = judged(attack.forge(stage).evil, trust, expected, stage.now, { ...tools, opinion: undefined })
    if (!examined) return []
    const checks = judge(examined, expected, stage.now)
    const without = Object.keys(rules).filter(
      rule => verdict(checks.filter(check => check.name !== rule)) === undefined,
    )
    return [{ file, rules: without }]
  })
}

test('each rule keeps out attacks that nothing else keeps out, and each attack is kept out by one rule', async t => {
  const broken = await brokenRules()
  for (const one of broken) t.equal(one.rules.length, 1, `${one.file}: ${one.rules.join(', ')}`)
  for (const rule of Object.keys(rules))
    t.ok(
      broken.some(one => one.rules.includes(rule)),
      rule,
    )
})
