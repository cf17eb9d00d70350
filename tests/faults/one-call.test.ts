/** One fault under one call: exactly what the call ends with, and exactly what the database holds then. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { eventually, openBench, openGround, recover, WAYS, type Bench, type Ground } from '../support/faults/bench.js'
import { codeOf } from '../support/faults/code-of.js'
import type { Fault } from '../support/fault-proxy/schedule.js'

let ground: Ground
let tables = 0

beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.stop())

const PLACES = WAYS.flatMap((way) => (['async', 'sync'] as const).map((modeName) => ({ way, modeName })))
const BEFORE: Fault = { kind: 'cut-before' }
const AFTER: Fault = { kind: 'drop-reply' }
const WITHIN: Fault = { kind: 'truncate-reply' }

describe.each(PLACES)('one fault ($way, $modeName)', ({ way, modeName }) => {
  let bench: Bench
  let table: string
  const query = (text: string, options = {}) => bench.mode(bench.connection).query(text, {}, options)
  const count = async (): Promise<number> =>
    (await ground.direct.query<[unknown[]]>(`SELECT * FROM ${table}`))[0].length
  /** One that creates two records, in three requests: begin, both at once, commit. */
  const transaction = (): unknown => {
    const text = `CREATE ${table}; CREATE ${table}`
    if (modeName === 'sync') return bench.connection.transactionSync((inside) => inside.querySync(text))
    return bench.connection.transaction((inside) => inside.query(text))
  }

  beforeAll(async () => {
    bench = await openBench(ground, { way, modeName, options: { operationTimeout: 3_000 } })
  })
  beforeEach(async () => {
    table = `one_${++tables}`
    await ground.direct.query(`DEFINE TABLE ${table}`)
    await recover(bench)
    // every channel there is knows its session now, so the next request is that of the test
    await eventually(async () => (await codeOf(() => bench.mode(bench.connection).transaction(() => 1))) === 'ok')
    await query('RETURN 1')
  })
  afterAll(() => bench.stop())

  test.each([
    [BEFORE, 0],
    [AFTER, 1],
    [WITHIN, 1],
  ])('a write is not sent again, and says so: %j', async (fault, stored) => {
    await bench.proxy.faultNext(fault)
    expect(await codeOf(() => query(`CREATE ${table}`))).toBe('OUTCOME_UNKNOWN')
    expect(await count()).toBe(stored)
    expect(await codeOf(() => query(`CREATE ${table}`))).toBe('ok')
    expect(await count()).toBe(stored + 1)
  })

  test.each([BEFORE, AFTER, WITHIN])('a call that may be repeated is repeated: %j', async (fault) => {
    const retries: unknown[] = []
    const stop = bench.connection.on('retry', ({ attempt, error }) => retries.push([attempt, error.code]))
    await bench.proxy.faultNext(fault)
    await query(`UPSERT ${table}:one SET n += 1`, { idempotent: true })
    stop()
    expect(retries).toContainEqual([1, 'CONNECTION_LOST'])
    const [rows] = await ground.direct.query(`SELECT VALUE n FROM ${table}`)
    expect(rows).toEqual([fault === BEFORE ? 1 : 2])
  })

  test.each([BEFORE, AFTER, WITHIN])('a method that only reads is repeated: %j', async (fault) => {
    await ground.direct.query(`CREATE ${table}`)
    await bench.proxy.faultNext(fault)
    expect(await bench.mode(bench.connection).select(table)).toHaveLength(1)
  })

  test.each([
    [1, BEFORE],
    [1, AFTER],
    [2, BEFORE],
    [2, AFTER],
    [2, WITHIN],
    [3, BEFORE],
  ])('request %i of a transaction: %j', async (atRequest, fault) => {
    await bench.proxy.playSchedule([{ atRequest, fault }])
    const isCommit = atRequest === 3
    // a commit that did not arrive cannot be told from one whose answer was lost
    expect(await codeOf(transaction)).toBe(isCommit ? 'COMMIT_OUTCOME_UNKNOWN' : 'ok')
    expect(await count()).toBe(isCommit ? 0 : 2)
  })

  test('a commit whose answer is lost is not made again', async () => {
    await bench.proxy.playSchedule([{ atRequest: 3, fault: AFTER }])
    expect(await codeOf(transaction)).toBe('COMMIT_OUTCOME_UNKNOWN')
    expect(await count()).toBe(2)
  })

  test('a write that nobody answers ends in time, and is not sent again', async () => {
    await bench.proxy.freeze()
    expect(await codeOf(() => query(`CREATE ${table}`, { timeout: 200 }))).toBe('TIMEOUT')
    await recover(bench)
    expect(await codeOf(() => query(`CREATE ${table}`))).toBe('ok')
    await eventually(async () => (await count()) === 2 || undefined)
  })

  test('a live query that started too late does not stay in the database', async () => {
    const other = await openBench(ground, { way, modeName, options: { operationTimeout: 500 } })
    const { connection, mode } = other
    const start = async () => (modeName === 'sync' ? connection.liveSync(table) : await connection.live(table))
    // the channel of live queries is opened by the first one
    await mode(await start()).kill()
    await other.proxy.freeze()
    expect(await codeOf(start)).toBe('TIMEOUT')
    await recover(other)
    // by now the server has got what was held back
    await new Promise((resolve) => setTimeout(resolve, 200))
    await eventually(async () => {
      const [info] = await ground.direct.query<[{ readonly lives: object }]>(`INFO FOR TABLE ${table}`)
      return Object.keys(info.lives).length === 0 || undefined
    })
    await other.stop()
  })
})
