/**
 * 1,000 schedules of faults at random, each with a small workload: what was acknowledged is stored once, what was not sent
 * is not stored, nothing is stored twice, every call ends, the pool is idle in the end, a live query goes on or says that it
 * ended, and the connection works again by itself.
 *
 * Everything follows from the seed: the mode, the way to the server, the deadline, the faults. A failure names its seed;
 * `FAULT_SEED=17 npx jest --selectProjects timed --testPathPatterns random` runs that one alone.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  openBench,
  openGround,
  recover,
  WAYS,
  type Bench,
  type BenchOptions,
  type Ground,
} from '../support/faults/bench.js'
import { missedSilently, startFollower } from '../support/faults/follower.js'
import { Ledger } from '../support/faults/ledger.js'
import { runWorkload } from '../support/faults/workload.js'
import { randomSchedule, type ScheduledFault } from '../support/fault-proxy/schedule.js'

const SEEDS = 1_000
const only = process.env['FAULT_SEED']
const seeds = only === undefined ? Array.from({ length: SEEDS }, (_, index) => index + 1) : [Number(only)]

const PLACES = WAYS.flatMap((way) => (['async', 'sync'] as const).map((modeName): BenchOptions => ({ way, modeName })))
/** Short enough that some pauses of the network last longer than a call may take. */
const DEADLINES = [15, 50, 150]
/** Of the pauses of a schedule, so that the whole takes no longer than it must. */
const SHORTENED = 5

interface Case {
  readonly seed: number
  readonly place: BenchOptions
  readonly deadline: number
  readonly schedule: readonly ScheduledFault[]
  readonly isFollowed: boolean
}

function caseOf(seed: number): Case {
  const shorten = ({ atRequest, fault }: ScheduledFault): ScheduledFault => ({
    atRequest,
    fault:
      'milliseconds' in fault ? { ...fault, milliseconds: Math.ceil(fault.milliseconds / SHORTENED) } : { ...fault },
  })
  return {
    seed,
    place: PLACES[seed % PLACES.length]!,
    deadline: DEADLINES[Math.floor(seed / PLACES.length) % DEADLINES.length]!,
    schedule: randomSchedule(seed, 3).map(shorten),
    isFollowed: seed % 5 === 0,
  }
}

let ground: Ground
/** Of each seed, what its callers know: looked at once more in the end, when everything late has arrived. */
const ledgers = new Map<string, Ledger>()

const storedIn = (table: string): Promise<[string[], string[]]> =>
  ground.direct.query(`SELECT VALUE key FROM ${table}; SELECT VALUE key FROM ${table}_pair`)

/** What went wrong; nothing, if all is well. */
async function troublesOf(bench: Bench, { seed, deadline, schedule, isFollowed }: Case): Promise<readonly string[]> {
  const table = `seed_${seed}`
  const ledger = new Ledger()
  ledgers.set(table, ledger)
  await ground.direct.query(`DEFINE TABLE ${table}; DEFINE TABLE ${table}_pair`)
  const follower = isFollowed ? await startFollower(bench, table) : undefined
  await bench.proxy.playSchedule(schedule)
  await runWorkload(bench, { table, writes: 6, reads: 3, transactions: 1, deadline }, ledger)
  await recover(bench)
  const [writes, pairs] = await storedIn(table)
  const troubles = [...ledger.troubles(writes, pairs)]
  if (follower) {
    await follower.goesOn(ground.direct)
    troubles.push(...missedSilently(follower, writes).map((key) => `the live query has not told of ${key}`))
    if (follower.end !== undefined && follower.end !== 'LIVE_QUERY_ENDED') troubles.push(`live: ${follower.end}`)
    await follower.stop()
  }
  return troubles
}

/** Runs cases on a connection of their own, one after the other. */
async function runLane(cases: readonly Case[]): Promise<readonly string[]> {
  if (cases.length === 0) return []
  const troubles: string[] = []
  const bench = await openBench(ground, cases[0]!.place)
  for (const each of cases) {
    const found = await troublesOf(bench, each).catch((error: unknown) => [String(error)])
    troubles.push(...found.map((trouble) => `seed ${each.seed}: ${trouble}`))
  }
  await bench.stop()
  return troubles
}

describe('1,000 random schedules of faults', () => {
  beforeAll(async () => {
    ground = await openGround()
  })
  afterAll(() => ground.stop())

  const CHUNK = 50
  const chunks = Array.from({ length: Math.ceil(seeds.length / CHUNK) }, (_, index) =>
    seeds.slice(index * CHUNK, (index + 1) * CHUNK),
  ).map((chunk) => [`${chunk[0]} to ${chunk.at(-1)}`, chunk.map(caseOf)] as const)

  test.each(chunks)('seeds %s', async (_name, cases) => {
    const troubles: string[] = []
    const at = (modeName: string, way: string): Case[] =>
      cases.filter(({ place }) => place.modeName === modeName && place.way === way)
    for (const way of WAYS) troubles.push(...(await runLane(at('sync', way))))
    // side by side: each lane has a proxy and a connection of its own
    const lanes = WAYS.map((way) => runLane(at('async', way)))
    troubles.push(...(await Promise.all(lanes)).flat())
    expect(troubles).toEqual([])
  })

  test('and nothing more has arrived since', async () => {
    const troubles: string[] = []
    for (const [table, ledger] of ledgers) {
      const [writes, pairs] = await storedIn(table)
      troubles.push(...ledger.troubles(writes, pairs).map((trouble) => `${table}: ${trouble}`))
    }
    expect(ledgers.size).toBe(seeds.length)
    expect(troubles).toEqual([])
  })
})
