// `npm run bench -- load [full]`: whole sign-ins over HTTP against a real PostgreSQL, here and at Polis, in turns in one run,
// with responses of one identity provider. Prints tables; judges nothing.

import { type TestIdp, testIdp } from '../support/idp.ts'
import { type LoadDatabase, manyConnections, openLoadDatabase, pastLogins } from './load-database.ts'
import { quantile, signInMany, type Target } from './load-people.ts'
import { furnishAssay, polisVersion, startAssay, startPolis } from './load-servers.ts'
import { person } from './messages.ts'
import { cpuOf, residentMb } from './processes.ts'
import { printTable } from './table.ts'

/** One who is measured: a process, the name of its database, and where people sign in. */
interface Entrant {
  name: string
  pid: number
  database: string | undefined
  target: Target
}

interface Sum {
  logins: number
  wall: number
  cpu: number
  databaseCpu: number
  statements: number
  times: number[]
}

const abreast = 8
const attributes = person(13)

/** How much is done: sign-ins of one turn, turns, and the large numbers. */
const sizes = {
  quick: { turn: 150, turns: 3, connections: 1_000, past: 20_000, long: 0 },
  full: { turn: 400, turns: 5, connections: 10_000, past: 1_000_000, long: 100_000 },
}

/** Prints the tables of the load test. */
export async function benchLoad(size: keyof typeof sizes): Promise<void> {
  const database = await openLoadDatabase()
  try {
    await run(database, testIdp(), sizes[size])
  } finally {
    await database.close()
  }
}

async function run(database: LoadDatabase, idp: TestIdp, { turn, turns, ...large }: (typeof sizes)['full']) {
  console.log(`Polis: @boxyhq/saml-jackson ${polisVersion}, behind a bare HTTP server. ${abreast} people at a time.`)
  const stops: (() => Promise<void>)[] = []
  const assay = async (name: string, settings: Record<string, string> = {}) => {
    const url = await database.create(name)
    // The first start migrates and fills the compile cache.
    await (await startAssay(url, settings)).stop()
    const started = await startAssay(url, settings)
    stops.push(started.stop)
    console.log(`Assay (${name}) was ready after ${started.readyMs.toFixed(0)} ms`)
    return { pid: started.pid, database: name, ...(await furnishAssay(started, idp)) }
  }
  const polis = async (name: string | undefined) => {
    const started = await startPolis(name && (await database.create(name)), idp)
    stops.push(started.stop)
    return { pid: started.pid, database: name, target: started.target }
  }
  try {
    const both = await assay('two_opinions')
    const strict = await assay('strict_alone', { CROSS_CHECK: 'off' })
    const entrants: Entrant[] = [
      { name: 'Polis on PostgreSQL', ...(await polis('polis')) },
      { name: 'Polis in memory', ...(await polis(undefined)) },
      { name: 'Assay, code flow', ...both, target: both.code },
      { name: 'Assay, code flow, CROSS_CHECK=off', ...strict, target: strict.code },
      { name: 'Assay, gateway', ...both, target: both.gateway },
      { name: 'Assay, gateway, CROSS_CHECK=off', ...strict, target: strict.gateway },
    ]
    await race(database, entrants, turn, turns)
    await growth(database, entrants.slice(2), turn, turns, large)
    if (large.long > 0) await long(entrants[2] as Entrant, large.long)
  } finally {
    for (const stop of stops) await stop()
  }
}

async function measure(database: LoadDatabase, entrants: Entrant[], turn: number, turns: number): Promise<Sum[]> {
  const sums = entrants.map((): Sum => ({ logins: 0, wall: 0, cpu: 0, databaseCpu: 0, statements: 0, times: [] }))
  for (let round = -1; round < turns; round += 1) {
    for (const [n, { pid, database: name, target }] of entrants.entries()) {
      const count = async () => (name === undefined ? 0 : await database.statements(name))
      const before = { statements: await count(), cpu: cpuOf(pid), database: database.cpu(), wall: performance.now() }
      const times = await signInMany(target, turn, abreast, who)
      const sum = sums[n]
      // The first turn warms up.
      if (!sum || round < 0) continue
      sum.wall += performance.now() - before.wall
      sum.cpu += cpuOf(pid) - before.cpu
      sum.databaseCpu += database.cpu() - before.database
      sum.statements += (await count()) - before.statements
      sum.logins += turn
      sum.times.push(...times)
    }
  }
  return sums
}

const who = (n: number) => ({ attributes, sign: 'assertion' as const, nameId: `person${n % 1000}` })

async function race(database: LoadDatabase, entrants: Entrant[], turn: number, turns: number): Promise<void> {
  const sums = await measure(database, entrants, turn, turns)
  const perCpu = sums.map(({ logins, cpu }) => (logins / cpu) * 1000)
  const polis = perCpu[0] ?? Number.NaN
  printTable(
    `Sign-ins, from the click to the token; one connection, ${turn * turns} of each in ${turns} turns`,
    ['', 'per CPU s', 'of Polis', 'CPU ms', 'database CPU ms', 'statements', 'per s', 'p50 ms', 'p99 ms', 'RSS MB'],
    entrants.map(({ name, pid }, n) => {
      const { logins, wall, cpu, databaseCpu, statements, times } = sums[n] as Sum
      const ratio = `${((perCpu[n] ?? 0) / polis).toFixed(1)} x`
      const costs = [cpu, databaseCpu, statements].map(value => (value / logins).toFixed(2))
      const seen = [
        ((logins / wall) * 1000).toFixed(0),
        quantile(times, 0.5).toFixed(0),
        quantile(times, 0.99).toFixed(0),
      ]
      return [name, (perCpu[n] ?? 0).toFixed(0), ratio, ...costs, ...seen, residentMb(pid).toFixed(0)]
    }),
  )
}

// The same again as the databases grow; each row is compared with the first.
async function growth(
  database: LoadDatabase,
  entrants: Entrant[],
  turn: number,
  turns: number,
  { connections, past }: { connections: number; past: number },
): Promise<void> {
  const steps = [
    { name: 'nearly nothing', sql: 'analyze' },
    { name: `${connections} connections`, sql: manyConnections(connections) },
    { name: `and ${past} past logins`, sql: pastLogins(past) },
  ]
  const rows: string[][] = []
  const first: Sum[] = []
  for (const { name, sql } of steps) {
    for (const own of new Set(entrants.map(one => one.database ?? ''))) await database.run(own, sql)
    const sums = await measure(database, entrants, turn, turns)
    for (const [n, sum] of sums.entries()) {
      first[n] ??= sum
      const part = (key: 'cpu' | 'databaseCpu') => `${(sum[key] / (first[n] as Sum)[key]).toFixed(2)} x`
      const statements = (sum.statements / sum.logins).toFixed(2)
      rows.push([
        entrants[n]?.name ?? '',
        name,
        part('cpu'),
        part('databaseCpu'),
        statements,
        quantile(sum.times, 0.99).toFixed(0),
      ])
    }
  }
  printTable(
    'The same as the database grows, each beside its own first row',
    ['', 'the database holds', 'CPU', 'database CPU', 'statements', 'p99 ms'],
    rows.toSorted((a, b) => (a[0] ?? '').localeCompare(b[0] ?? '')),
  )
}

async function long({ pid, target }: Entrant, count: number): Promise<void> {
  const rows: string[][] = []
  for (let done = 0; done < count; done += count / 10) {
    await signInMany(target, count / 10, abreast, who)
    rows.push([String(done + count / 10), residentMb(pid).toFixed(0)])
  }
  printTable('Memory as sign-ins go by (Assay, code flow)', ['sign-ins', 'RSS MB'], rows)
}
