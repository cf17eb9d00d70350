import { describe, expect, test } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { createConnection, type Connection } from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { openPlace } from '../support/everywhere.js'
import { startFaultProxy } from '../support/fault-proxy/fault-proxy.js'
import { startServer } from '../support/server/server.js'
import { MODES } from '../support/modes.js'

const program = (name: string, ...values: string[]): ChildProcess => {
  const file = path.join(__dirname, 'programs', `${name}.ts`)
  return spawn(process.execPath, ['--import', 'tsx', file, ...values], { stdio: ['ignore', 'pipe', 'inherit'] })
}

const linesOf = async (child: ChildProcess): Promise<string[]> => {
  let output = ''
  child.stdout!.on('data', (data) => (output += String(data)))
  await once(child, 'exit')
  return output.trim().split('\n')
}

const connectionTo = (url: string, more: object = {}): Connection =>
  createConnection({ url, namespace: 'n', database: 'd', name: `world-${url}`, ...more })

describe.each(['async', 'sync'] as const)('what the world does (%s)', (modeName) => {
  const mode = MODES[modeName]

  test.each(['surrealkv', 'rocksdb'] as const)('another process has the directory (%s)', async (scheme) => {
    const place = await openPlace(scheme)
    const holder = program('open-connection', place.url, modeName, 'hold')
    await once(holder.stdout!, 'data')
    const connection = connectionTo(place.url)
    expect(await errorOf(() => mode(connection).connect())).toMatchObject({ code: 'STORE_LOCKED' })
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    await mode(connection).connect()
    expect(await linesOf(program('open-connection', place.url, modeName))).toEqual(['STORE_LOCKED'])
    await mode(connection).close()
    await place.release()
  })

  test('the thread that holds the engines dies while a call is under way', async () => {
    const server = await startServer()
    const connection = connectionTo(server.wsUrl)
    const memory = connectionTo('mem://')
    await mode(connection).connect()
    await mode(memory).connect()
    const lost: unknown[] = []
    memory.on('disconnected', (error) => lost.push(error.code))
    const anchor = Object.getOwnPropertySymbols(Worker).find(({ description }) =>
      description?.includes('surrealengine'),
    )!
    const { worker } = (Worker as unknown as Record<symbol, { readonly worker: Worker }>)[anchor]!
    const dying = setTimeout(() => void worker.terminate(), modeName === 'sync' ? 0 : 100)
    if (modeName === 'sync') worker.postMessage({ operation: 'test:exit' })
    expect(await errorOf(() => mode(connection).query('SLEEP 20s'))).toMatchObject({ code: 'HOST_DIED' })
    clearTimeout(dying)
    // the one that called knows at once, the other one when the event loop turns
    expect(connection.status).toBe('disconnected')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([memory.status, lost]).toEqual(['disconnected', ['HOST_DIED']])
    expect(await errorOf(() => mode(memory).query('RETURN 1'))).toMatchObject({ code: 'NOT_CONNECTED' })
    await mode(connection).connect()
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
    await mode(connection).close()
    await mode(memory).close()
    await server.stop()
  })

  test('the socket breaks while a write is under way: nothing is said to be done, and nothing is sent twice', async () => {
    const server = await startServer()
    const connection = connectionTo(server.wsUrl)
    await mode(connection).connect()
    await mode(connection).query('DEFINE TABLE written')
    const writing = errorOf(() => connection.query('CREATE written; SLEEP 300ms; RETURN 1'))
    await new Promise((resolve) => setTimeout(resolve, 100))
    await server.dropConnections()
    expect(await writing).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(connection.status).toBe('reconnecting')
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
    expect(connection.status).toBe('connected')
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await mode(connection).query('SELECT VALUE count FROM (SELECT count() FROM written GROUP ALL)')).toEqual([
      [1],
    ])
    await mode(connection).close()
    await server.stop()
  })

  test.each([
    ['a call that may be made twice is', { idempotent: true }, 1],
    ['any other one says that its outcome is unknown', {}, 'OUTCOME_UNKNOWN'],
  ] as const)('a script that never waits goes on after its socket broke: %s', async (_, options, expected) => {
    const server = await startServer()
    const proxy = await startFaultProxy(server.port)
    const connection = connectionTo(proxy.wsUrl).connectSync()
    const told: string[] = []
    connection.on('disconnected', () => told.push('disconnected'))
    connection.on('reconnected', () => told.push('reconnected'))
    await proxy.faultNext({ kind: 'cut-after' })
    const outcome = ((): unknown => {
      try {
        return connection.querySync('SLEEP 300ms; RETURN 1', {}, options)[1]
      } catch (error) {
        return (error as { code?: unknown }).code
      }
    })()
    expect(outcome).toBe(expected)
    expect(connection.querySync('RETURN 1')).toEqual([1])
    expect(told).toEqual(['disconnected', 'reconnected'])
    expect(connection.status).toBe('connected')
    connection.closeSync()
    await proxy.stop()
    await server.stop()
  })

  test('a call past its deadline ends, and the connection goes on', async () => {
    const connection = connectionTo('mem://', { name: 'deadline', operationTimeout: 500 })
    await mode(connection).connect()
    expect(await errorOf(() => mode(connection).query('SLEEP 1500ms'))).toMatchObject({ code: 'TIMEOUT' })
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await mode(connection).close()
  })
})

test('a program that has loaded the native engine by itself is told so, in both modes', async () => {
  expect(await linesOf(program('own-engine'))).toEqual(['SECOND_THREAD', 'SECOND_THREAD'])
})
