import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Collection, createConnection, Document, StringField, type Connection } from '../../src/index.js'
import { serverBehindProxy } from '../support/fault-proxy/server-behind-proxy.js'
import { MODES, type ModeName } from '../support/modes.js'
import { errorOf, transact } from '../support/transact.js'

@Collection('transactions_fault')
class Note extends Document<Note>() {
  @StringField({ required: true }) text!: string
}

const WAYS = (['ws', 'ws+pool', 'http'] as const).flatMap((way) =>
  (['async', 'sync'] as const).map((modeName) => [way, modeName] as const),
)

/** `begin`, the write, and then the commit. */
const COMMIT = 3

describe.each(WAYS)('a transaction over a network that fails (%s, %s)', (way, modeName: ModeName) => {
  const mode = MODES[modeName]
  const network = serverBehindProxy()
  let direct: Connection
  let count = 0

  beforeAll(async () => {
    direct = await createConnection({
      ...{ url: network.server.wsUrl, namespace: 'n', database: 'd' },
      name: `transactions-direct-${way}-${modeName}`,
    }).connect()
    await direct.query('DEFINE TABLE transactions_fault')
  })

  afterAll(async () => {
    await direct.close()
  })

  const texts = async (): Promise<unknown> =>
    (await direct.query('SELECT VALUE text FROM transactions_fault ORDER BY text'))[0]

  /** A connection through the proxy whose channels are open already, so that the next request is that of the test. */
  const connect = async (retry: object | false): Promise<Connection> => {
    await direct.query('DELETE transactions_fault')
    const connection = createConnection({
      ...{ url: way === 'http' ? network.proxy.httpUrl : network.proxy.wsUrl, namespace: 'n', database: 'd' },
      ...{ name: `transactions-fault-${way}-${modeName}-${++count}`, retry },
      ...(way === 'ws+pool' && { pool: { max: 2 } }),
    })
    await mode(connection).connect()
    await transact({ connection, mode, modeName }, function* () {})
    return connection
  }

  const RETRY = { limit: 5, initialDelay: 5, maxDelay: 50 }

  test('a commit whose answer is lost has an outcome that is unknown, and is not made again', async () => {
    const connection = await connect(RETRY)
    const note = new Note({ text: 'committed' })
    let runs = 0
    await network.proxy.playSchedule([{ atRequest: COMMIT, fault: { kind: 'drop-reply' } }])
    const error = await errorOf(
      transact({ connection, mode, modeName }, function* () {
        runs++
        yield mode(note).save({ connection })
      }),
    )
    expect(error).toMatchObject({ name: 'OutcomeUnknownError', code: 'COMMIT_OUTCOME_UNKNOWN' })
    expect(runs).toBe(1)
    expect(await texts()).toEqual(['committed'])
    await mode(connection).close()
  })

  test.each([
    ['begins', 'cut-before', 1],
    ['begins', 'drop-reply', 1],
    ['writes', 'cut-before', 2],
    ['writes', 'drop-reply', 2],
    ['writes again', 'cut-all', 3],
    ['writes again', 'truncate-reply', 3],
  ] as const)('a channel that breaks when it %s (%s): it is run again, and stored once', async (_, kind, atRequest) => {
    const connection = await connect(RETRY)
    const note = new Note({ text: 'kept' })
    const codes: string[] = []
    connection.on('retry', ({ error }) => codes.push(error.code))
    const ids = new Set<unknown>()
    await network.proxy.playSchedule([{ atRequest, fault: { kind } }])
    await transact({ connection, mode, modeName }, function* () {
      ids.add(note.id)
      yield mode(note).save({ connection })
      yield mode(Note).create({ text: 'second' }, { connection })
    })
    expect([...ids]).toEqual([undefined])
    expect(codes.length).toBeGreaterThan(0)
    expect(new Set(codes)).toEqual(new Set(['CONNECTION_LOST']))
    expect(note.isNew).toBe(false)
    expect(await texts()).toEqual(['kept', 'second'])
    await mode(connection).close()
  })

  test('a commit that did not arrive is not told apart from one that did: it is not made again either', async () => {
    const connection = await connect(RETRY)
    await network.proxy.playSchedule([{ atRequest: COMMIT, fault: { kind: 'cut-before' } }])
    const error = await errorOf(
      transact({ connection, mode, modeName }, function* () {
        yield mode(Note).create({ text: 'not committed' }, { connection })
      }),
    )
    expect(error).toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' })
    expect(await texts()).toEqual([])
    await mode(connection).close()
  })

  test('without retries it is a ConnectionError, and nothing is stored', async () => {
    const connection = await connect(false)
    const note = new Note({ text: 'lost' })
    await network.proxy.playSchedule([{ atRequest: 3, fault: { kind: 'drop-reply' } }])
    const error = await errorOf(
      transact({ connection, mode, modeName }, function* () {
        yield mode(new Note({ text: 'before' })).save({ connection })
        try {
          yield mode(note).save({ connection })
        } catch {
          // the body goes on
        }
      }),
    )
    expect(error).toMatchObject({ name: 'ConnectionError', code: 'CONNECTION_LOST' })
    expect(note.isNew).toBe(true)
    expect(await texts()).toEqual([])
    await mode(connection).close()
  })

  test('one whose statement takes too long is cancelled', async () => {
    const connection = await connect(RETRY)
    const error = await errorOf(
      transact({ connection, mode, modeName }, function* (tx) {
        yield mode(new Note({ text: 'before' })).save({ connection })
        yield mode(tx).query('SLEEP 3s', {}, { timeout: 100 })
      }),
    )
    expect(error).toMatchObject({ code: 'TIMEOUT' })
    expect(await texts()).toEqual([])
    await mode(connection).close()
  })
})
