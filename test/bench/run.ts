// `npm run bench`: what one sign-in costs, here and at its peers, what it costs to say no, and what a gateway’s question costs
// afterwards. Prints tables; judges nothing. `npm run bench -- memory [COUNT]`: memory over many verifications. `-- load [full]`: whole
// sign-ins over HTTP, beside Polis. `-- worst`: the dearest messages that are let through.

import { cpus } from 'node:os'
import { Problem } from '../../src/problem.ts'
import { samlifyOpinion } from '../../src/saml/second-opinion.ts'
import { type Contestant, contestants, ours, type Verify } from './contestants.ts'
import { benchGateway } from './gateway.ts'
import { benchLoad } from './load.ts'
import { takeTurns } from './measure.ts'
import { printMemory } from './memory.ts'
import {
  brokenMessages,
  type Forgery,
  forgeries,
  goodMessage,
  makeScene,
  type Scene,
  type Signing,
} from './messages.ts'
import { describePeers, loadPeers, type Peers } from './peers.ts'
import { milliseconds, printTable } from './table.ts'
import { printWorst } from './worst.ts'

const signings: Signing[] = ['assertion', 'response', 'both']

console.log(`\nNode ${process.version} on ${cpus().length} x ${cpus()[0]?.model ?? 'an unknown processor'}`)
const [what, size] = process.argv.slice(2)
if (what === 'memory') printMemory(Number(size ?? 200_000))
else if (what === 'worst') printWorst()
else if (what === 'load') await benchLoad(size === 'full' ? 'full' : 'quick')
else await costs(makeScene(), loadPeers())

async function costs(scene: Scene, peers: Peers): Promise<void> {
  console.log(describePeers())
  for (const signing of signings) await race(scene, signing, peers)
  await refusals(scene)
  await benchGateway()
}

async function race(scene: Scene, signing: Signing, peers: Peers): Promise<void> {
  const message = goodMessage(scene, signing)
  const runners = contestants(scene, signing, peers)
  for (const runner of runners) await requireHonest(runner, message)
  const timings = await takeTurns(
    runners.map(({ name, verify }) => ({ name, run: () => verify(message) })),
    11,
    80,
  )
  const best = timings[0]?.cpu ?? Number.NaN
  const size = (Buffer.byteLength(message, 'base64') / 1000).toFixed(1)
  printTable(
    `Accepting a response of ${size} KB; signed: ${signing}`,
    ['', 'CPU ms', 'ratio'],
    timings.map(({ name, cpu }) => [name, milliseconds(cpu), `${(cpu / best).toFixed(1)} x`]),
  )
}

// A contestant that takes anything, or nothing, has no time worth printing.
async function requireHonest({ name, verify }: Contestant, message: string): Promise<void> {
  const refusal = await refusalOf(verify, message)
  if (refusal !== undefined) throw new Error(`${name} refuses the good response`, { cause: refusal })
  for (const broken of brokenMessages(message)) {
    if ((await refusalOf(verify, broken)) === undefined) throw new Error(`${name} accepts a broken response`)
  }
}

async function refusalOf(verify: Verify, message: string): Promise<unknown> {
  try {
    await verify(message)
    return undefined
  } catch (refusal) {
    return refusal
  }
}

async function refusals(scene: Scene): Promise<void> {
  const all = forgeries(scene)
  const tasks = all.map(forgery => ({ name: forgery.name, run: refusing(scene, forgery) }))
  const timings = await takeTurns(tasks, 9, 20)
  printTable(
    'Refusing (Assay, with second opinion)',
    ['', 'KB', 'CPU ms', 'worst ms', 'refused as'],
    timings.map(({ name, cpu, worst }, n) => {
      const { message = '', code = '' } = all[n] ?? {}
      const size = (Buffer.byteLength(message, 'base64') / 1000).toFixed(1)
      return [name, size, milliseconds(cpu), milliseconds(worst), code]
    }),
  )
}

function refusing(scene: Scene, { name, message, code, certificates }: Forgery): () => void {
  const verify = ours(scene, 'any', certificates === 2 ? [scene.idp, scene.other] : [scene.idp], samlifyOpinion)
  return () => {
    try {
      verify(message)
    } catch (error) {
      if (error instanceof Problem && error.code === code) return
      throw new Error(`${name}: not refused as ${code}`, { cause: error })
    }
    throw new Error(`${name}: accepted`)
  }
}
