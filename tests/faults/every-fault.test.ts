/**
 * A workload under each kind of fault: what was acknowledged is stored once, what was not sent is not stored, nothing is
 * stored twice, every call ends in time, the pool is idle in the end, live queries go on or say that they ended; and the
 * connection works again by itself.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DEADLINE, openBench, openGround, recover, WAYS, type Bench, type Ground } from '../support/faults/bench.js'
import { missedSilently, startFollower } from '../support/faults/follower.js'
import { Ledger } from '../support/faults/ledger.js'
import { runWorkload, type Workload } from '../support/faults/workload.js'
import type { FaultProxy } from '../support/fault-proxy/fault-proxy.js'
import type { Fault } from '../support/fault-proxy/schedule.js'

type Load = Omit<Workload, 'table'>

const BUSY: Load = { writes: 12, reads: 6, transactions: 4, deadline: DEADLINE }
/** While nothing answers, each call takes all the time it has. */
const QUIET: Load = { writes: 2, reads: 2, transactions: 1, deadline: DEADLINE }

const onceAt = (atRequest: number, fault: Fault) => (proxy: FaultProxy) => proxy.playSchedule([{ atRequest, fault }])

/** After these the next connection works, so nothing fails but the writes and commits that were under way. */
const BREAKS: readonly (readonly [name: string, arm: (proxy: FaultProxy) => Promise<void>])[] = [
  ['every connection breaks before a request', (proxy) => proxy.cut()],
  ['every connection breaks during a request', onceAt(5, { kind: 'cut-all' })],
  ['a request is lost', onceAt(5, { kind: 'cut-before' })],
  ['the connection breaks behind a request', onceAt(5, { kind: 'cut-after' })],
  ['the connection breaks within a request', (proxy) => proxy.cutAfter({ direction: 'to-server', bytes: 700 })],
  ['a reply is dropped', onceAt(5, { kind: 'drop-reply' })],
  ['a reply is truncated', onceAt(5, { kind: 'truncate-reply' })],
  ['a reply is truncated to its first byte', onceAt(5, { kind: 'truncate-reply', bytes: 1 })],
  ['replies stop after some bytes', (proxy) => proxy.cutAfter({ direction: 'to-client', bytes: 500 })],
]
const BROKEN = ['ok', 'OUTCOME_UNKNOWN', 'COMMIT_OUTCOME_UNKNOWN']

/** After these everything comes, late. */
const PAUSES: typeof BREAKS = [
  ['nothing', () => Promise.resolve()],
  ['a request is held', onceAt(5, { kind: 'delay', milliseconds: 200 })],
  ['everything is slow', (proxy) => proxy.delay(5, 10)],
  ['nothing flows for a while', onceAt(5, { kind: 'freeze', milliseconds: 200 })],
]

/** These last longer than a call may take, or end with its last try. */
const OUTAGES: readonly (readonly [...(typeof BREAKS)[number], load: Load])[] = [
  ['nothing flows for too long', onceAt(5, { kind: 'freeze', milliseconds: 2 * DEADLINE }), BUSY],
  ['the server is gone for a while', onceAt(5, { kind: 'outage', milliseconds: 100 }), BUSY],
  ['the server is gone for too long', onceAt(5, { kind: 'outage', milliseconds: 2 * DEADLINE }), BUSY],
  ['nothing flows any more', (proxy) => proxy.freeze(), QUIET],
  ['the server refuses connections', async (proxy) => cutFor(proxy, () => proxy.refuse(true)), QUIET],
  ['new connections lead nowhere', async (proxy) => cutFor(proxy, () => proxy.blackHole(true)), QUIET],
]

async function cutFor(proxy: FaultProxy, arm: () => Promise<void>): Promise<void> {
  await arm()
  await proxy.cut()
}

let ground: Ground
let tables = 0

beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.stop())

const PLACES = WAYS.flatMap((way) => (['async', 'sync'] as const).map((modeName) => ({ way, modeName })))

describe.each(PLACES)('while the network fails ($way, $modeName)', ({ way, modeName }) => {
  let bench: Bench

  beforeAll(async () => {
    bench = await openBench(ground, { way, modeName })
  })
  afterAll(() => bench.stop())

  /** The ends of all calls, once everything has been compared. */
  async function endsOf(load: Load, arm: (proxy: FaultProxy) => Promise<void>): Promise<readonly string[]> {
    const table = `event_${++tables}`
    await ground.direct.query(`DEFINE TABLE ${table}; DEFINE TABLE ${table}_pair`)
    const follower = await startFollower(bench, table)
    const ledger = new Ledger()

    await arm(bench.proxy)
    await runWorkload(bench, { table, ...load }, ledger)
    await recover(bench)

    const stored = `SELECT VALUE key FROM ${table}; SELECT VALUE key FROM ${table}_pair`
    const [writes, pairs] = await ground.direct.query<[string[], string[]]>(stored)
    expect(ledger.troubles(writes, pairs)).toEqual([])
    await follower.goesOn(ground.direct)
    expect([undefined, 'LIVE_QUERY_ENDED']).toContain(follower.end)
    expect(missedSilently(follower, writes)).toEqual([])
    await follower.stop()
    return ledger.ends
  }

  test.each(BREAKS)('%s', async (_name, arm) => {
    const ends = await endsOf(BUSY, arm)
    expect(ends.filter((end) => !BROKEN.includes(end))).toEqual([])
    // one request was hit, or those that shared its connection with it
    expect(ends.filter((end) => end === 'ok').length).toBeGreaterThan(ends.length / 2)
  })

  test.each(PAUSES)('%s', async (_name, arm) => {
    const ends = await endsOf({ ...BUSY, deadline: 20 * DEADLINE }, arm)
    expect(new Set(ends)).toEqual(new Set(['ok']))
  })

  test.each(OUTAGES)('%s', async (_name, arm, load) => {
    await endsOf(load, arm)
  })
})
