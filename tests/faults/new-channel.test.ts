/** Faults while a channel is being replaced: what waits for the new one was not sent, so nothing about it is unknown. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { setTimeout } from 'node:timers/promises'
import { eventually, openBench, openGround, recover, type Bench, type Ground } from '../support/faults/bench.js'
import { codeOf } from '../support/faults/code-of.js'

let ground: Ground
let tables = 0

beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.stop())

const PLACES = (['ws', 'ws, pool'] as const).flatMap((way) =>
  (['async', 'sync'] as const).map((modeName) => ({ way, modeName })),
)

describe.each(PLACES)('while a channel is replaced ($way, $modeName)', ({ way, modeName }) => {
  let bench: Bench
  const open = async (operationTimeout: number): Promise<void> => {
    const pool = way === 'ws, pool' && { pool: { max: 1 } }
    bench = await openBench(ground, { way, modeName, options: { operationTimeout, ...pool } })
  }
  const query = (text: string) => bench.mode(bench.connection).query(text)

  afterEach(() => bench.stop())

  test('a write is sent once the session is restored, if not by the first try', async () => {
    await open(3_000)
    const table = `channel_${++tables}`
    await ground.direct.query(`DEFINE TABLE ${table}`)
    // the next request is one that restores the session
    await bench.proxy.faultNext({ kind: 'drop-reply' })
    await bench.proxy.cut()
    await setTimeout(50)
    expect(await codeOf(() => query(`CREATE ${table}`))).toBe('ok')
    expect((await ground.direct.query<[unknown[]]>(`SELECT * FROM ${table}`))[0]).toHaveLength(1)
  })

  test('a call for which no channel comes in time was not sent, and says so', async () => {
    await open(2_500)
    await bench.proxy.blackHole(true)
    await bench.proxy.cut()
    await setTimeout(50)
    expect(await codeOf(() => query('RETURN 1'))).toBe(way === 'ws' ? 'CONNECTION_LOST' : 'POOL_EXHAUSTED')
    await recover(bench)
  })

  test('a transaction that waited too long for its channel does not keep it', async () => {
    await open(100)
    await bench.proxy.cut()
    // the new channel is there, and does not know the session
    await eventually(async () => (await bench.proxy.counters()).connections === 1 || undefined)
    await setTimeout(50)
    await bench.proxy.freeze()
    expect(await codeOf(() => bench.mode(bench.connection).transaction(() => 1))).not.toBe('ok')
    await setTimeout(300)
    await recover(bench)
    expect(await codeOf(() => bench.mode(bench.connection).transaction(() => 1))).toBe('ok')
  })
})
