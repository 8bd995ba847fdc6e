// Mutations of genuine messages: never an exception that is not a Problem, never slow, never another identity than the signed one.

import fc from 'fast-check'
import { test } from 'tap'
import { scene } from '../support/attack.ts'
import { encryptAssertion } from '../support/encryption.ts'
import { expectation, judged, trustIn } from '../support/judging.ts'

const { idp, ours, parts, assertion, response, now } = scene()
const trust = trustIn(idp, { decryptionKeys: [ours.privateKey] })
const expected = expectation(idp)
const identityOf = (xml: string) => {
  const { assertion: read } = judged(xml, trust, expected, now).examined ?? {}
  return JSON.stringify([read?.nameID, read?.attributes, read?.issuer, read?.conditions?.audienceRestrictions])
}

const genuine = (['assertion', 'response', 'both'] as const).flatMap(sign => {
  const p = parts({ sign })
  return [response(p), response(p, encryptAssertion(assertion(p), ours.publicKey))]
})
const identity = identityOf(genuine[0] ?? '')
// Tags and the text between them: what an attacker moves about.
const pieces = genuine.map(xml => xml.match(/<[^>]+>|[^<]+/g) ?? [])

const at = fc.nat(10_000)
const message = fc.nat(genuine.length - 1)
const alphabet = '<>/="\'& :#xABCidn0-\u0000\u00e9\ud83d\ude00'
const mutations = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), at, to: fc.nat([...alphabet].length - 1) }),
    fc.record({ kind: fc.constantFrom('drop' as const, 'double' as const), at, to: fc.nat(6) }),
    fc.record({ kind: fc.constantFrom('move' as const, 'graft' as const), at, to: at }),
  ),
  { minLength: 1, maxLength: 4 },
)

function mutate(which: number, list: typeof mutations extends fc.Arbitrary<infer T> ? T : never): string {
  const own = [...(pieces[which] ?? [])]
  for (const { kind, at: place, to } of list) {
    const from = place % own.length
    if (kind === 'flip') {
      const text = own[from] ?? ''
      const index = to % Math.max(text.length, 1)
      own[from] = text.slice(0, index) + ([...alphabet][to] ?? '') + text.slice(index + 1)
    } else if (kind === 'drop') own.splice(from, to + 1)
    else if (kind === 'double') own.splice(from, 0, ...own.slice(from, from + to + 1))
    else if (kind === 'move') own.splice(to % own.length, 0, ...own.splice(from, 1))
    else own.splice(from, 0, ...(pieces[to % pieces.length] ?? []).slice(to % 40, (to % 40) + 20))
    if (own.length === 0) return ''
  }
  return own.join('')
}

test('whatever is done to a genuine message, it is refused or says what was signed', async t => {
  for (const xml of genuine) t.equal(judged(xml, trust, expected, now).code, null, 'unchanged it comes in')
  let accepted = 0
  let slowest = 0
  fc.assert(
    fc.property(message, mutations, (which, list) => {
      const xml = mutate(which, list)
      const before = performance.now()
      const { code } = judged(xml, trust, expected, now)
      slowest = Math.max(slowest, performance.now() - before)
      if (code !== null) return true
      accepted += 1
      return identityOf(xml) === identity
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 600) },
  )
  t.comment(`${accepted} harmless mutations were accepted, the slowest took ${Math.round(slowest)} ms`)
  t.ok(slowest < 1000, 'none is slow')
})
