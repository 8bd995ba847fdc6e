// `npm run bench -- worst`: the dearest messages that the lexical gate lets through, signed by a key that is trusted, judged by the
// strict verifier alone. What a hostile tenant’s own identity provider can cost.

import { Problem } from '../../src/problem.ts'
import { limits } from '../../src/saml/lexical.ts'
import { ours } from './contestants.ts'
import { goodMessage, makeScene, signedWith } from './messages.ts'
import { printTable } from './table.ts'

const rounds = 15
const list = (count: number, item: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => item(n)).join('')
const two = (n: number): string => String(n).padStart(2, '0')

// In one AttributeValue, at the caps: elements, attributes of one and of all, depth, and characters.
const elements = limits.elements - 40
const wide = limits.attributes - 1
const all = Math.floor((limits.allAttributes - 200) / wide)
const half = Math.floor((limits.attributes - 2) / 2)
const shapes: Record<string, string> = {
  nothing: '',
  'empty elements': '<x></x>'.repeat(elements),
  'elements in a namespace': '<x xmlns="urn:x"></x>'.repeat(elements),
  'elements with a prefix of their own': list(elements, n => `<p${n}:x xmlns:p${n}="u:${n}"></p${n}:x>`),
  'as many attributes as may be': `<x${list(wide, n => ` a${two(n)}="1"`)}></x>`.repeat(all),
  'as many namespaces as may be': `<x${list(wide, n => ` xmlns:p${two(n)}="u:${n}"`)}></x>`.repeat(all),
  'attributes with prefixes':
    `<x${list(half, n => ` xmlns:p${two(n)}="u:${two(n)}"`)}${list(half, n => ` p${two(n)}:a="1"`)}></x>`.repeat(all),
  'many prefixes above many elements': `<w${list(62, n => ` xmlns:p${two(n)}="u:${n}"`)}>${list(elements - 1, n => {
    const name = `p${two(n % 62)}:x`
    return `<${name}></${name}>`
  })}</w>`,
  'many prefixes on many levels': `${list(20, level => `<w${list(62, n => ` xmlns:p${level}_${n}="u:${level}${n}"`)}>`)}${list(
    elements - 20,
    n => {
      const name = `p${n % 20}_${n % 62}:x`
      return `<${name}></${name}>`
    },
  )}${'</w>'.repeat(20)}`,
  'names that differ': list(elements, n => `<x${n}></x${n}>`),
  'values that differ': `</saml:AttributeValue>${list(elements, n => `<saml:AttributeValue>g${n}</saml:AttributeValue>`)}<saml:AttributeValue>`,
  IDs: list(elements, n => `<x id="i${n}"></x>`),
  text: 'x'.repeat(240_000),
  references: '&lt;'.repeat(60_000),
}

/** Prints the table; the last line is the worst of all. */
export function printWorst(): void {
  const scene = makeScene()
  const rows: { name: string; signed: string; kb: number; median: number; outcome: string }[] = []
  for (const signed of ['assertion', 'response', 'both'] as const) {
    const verify = ours(scene, signed, [scene.idp], undefined)
    // What is slow at first is not the message.
    for (let n = 0; n < 100; n++) verify(goodMessage(scene, signed))
    for (const [name, content] of Object.entries(shapes)) {
      const message = signedWith(scene, signed, content)
      const outcomes = Array.from({ length: rounds }, () => timed(() => verify(message)))
      const median = outcomes.map(one => one.ms).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
      rows.push({
        name,
        signed,
        kb: Buffer.byteLength(message, 'base64') / 1000,
        median,
        outcome: outcomes[0]?.code ?? '',
      })
    }
  }
  printTable(
    'The worst that the caps let through, trusted signature, strict verifier (medians)',
    ['', 'signed', 'KB', 'CPU ms', 'outcome'],
    rows
      .toSorted((a, b) => a.median - b.median)
      .map(one => [one.name, one.signed, one.kb.toFixed(0), one.median.toFixed(2), one.outcome]),
  )
}

// CPU time, so that what others take of the processor is not the message's.
function timed(work: () => unknown): { ms: number; code: string } {
  const start = process.cpuUsage()
  const code = outcomeOf(work)
  const { user, system } = process.cpuUsage(start)
  return { ms: (user + system) / 1000, code }
}

function outcomeOf(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}
