// `npm run bench -- memory [COUNT]`: whether memory stays flat over many verifications, by the strict verifier and by both.

import { libxml2 } from '../../src/saml/libxml2.ts'
import { samlifyOpinion } from '../../src/saml/second-opinion.ts'
import { ours } from './contestants.ts'
import { goodMessage, makeScene } from './messages.ts'
import { printTable } from './table.ts'

/** Verifies `count` messages (one in twenty by both verifiers, one in ten of them refused) and prints memory, in MB, on the way. */
export function printMemory(count: number): void {
  const scene = makeScene()
  const good = goodMessage(scene, 'both')
  const bad = `${good.slice(0, 3000)}${good[3000] === 'A' ? 'B' : 'A'}${good.slice(3001)}`
  const strict = ours(scene, 'both', [scene.idp], undefined)
  const both = ours(scene, 'both', [scene.idp], samlifyOpinion)
  const rows: string[][] = []
  for (let n = 1; n <= count; n++) {
    const verify = n % 20 === 0 ? both : strict
    if (n % 10 === 1) attempt(() => verify(bad))
    else verify(good)
    if (n % (count / 10) === 0) rows.push([String(n), ...memory()])
  }
  printTable('Memory after verifications', ['', 'RSS', 'heap used', 'WebAssembly'], rows)
}

function attempt(work: () => unknown): void {
  try {
    work()
  } catch {
    return
  }
  throw new Error('A broken message came in')
}

function memory(): string[] {
  const { rss, heapUsed } = process.memoryUsage()
  return [rss, heapUsed, libxml2.HEAPU8.length].map(bytes => (bytes / 1e6).toFixed(1))
}
