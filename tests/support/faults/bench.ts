import { createConnection, type Connection, type ConnectionOptions } from '../../../src/index.js'
import { startFaultProxy, type FaultProxy } from '../fault-proxy/fault-proxy.js'
import { MODES, type Mode, type ModeName } from '../modes.js'
import { prepareDatabase } from '../server/prepare-database.js'
import { startServer, type TestServer } from '../server/server.js'

/** How a connection reaches the server. */
export type Way = 'ws' | 'ws, pool' | 'http'
export const WAYS: readonly Way[] = ['ws', 'ws, pool', 'http']

/** Milliseconds. */
export const DEADLINE = 600

/** Where the tests look at the database itself, with no fault in between. */
export interface Ground {
  readonly server: TestServer
  readonly direct: Connection
  stop(): Promise<void>
}

let count = 0

export async function openGround(): Promise<Ground> {
  const server = await startServer()
  if (!server.createsDatabases) await prepareDatabase(server, 'test', 'test')
  const name = `faults-direct-${++count}`
  const direct = await createConnection({ url: server.wsUrl, namespace: 'test', database: 'test', name }).connect()
  return {
    server,
    direct,
    async stop() {
      await direct.close()
      await server.stop()
    },
  }
}

/** What a bench is for. */
export interface BenchOptions {
  readonly way: Way
  readonly modeName: ModeName
  readonly options?: ConnectionOptions
}

/** A connection of one way and mode, with a proxy of its own before the server. */
export interface Bench {
  readonly way: Way
  readonly modeName: ModeName
  readonly mode: Mode
  readonly proxy: FaultProxy
  readonly connection: Connection
  stop(): Promise<void>
}

/** Short pauses, so that a test sees several tries; and no heartbeat that would end a pause of the network early. */
const OPTIONS: ConnectionOptions = {
  namespace: 'test',
  database: 'test',
  timeout: 2_000,
  operationTimeout: DEADLINE,
  retry: { limit: 3, initialDelay: 10, maxDelay: 100 },
}

export async function openBench({ server }: Ground, { way, modeName, options = {} }: BenchOptions): Promise<Bench> {
  const proxy = await startFaultProxy(server.port)
  const mode = MODES[modeName]
  const connection = createConnection({
    ...OPTIONS,
    url: way === 'http' ? proxy.httpUrl : proxy.wsUrl,
    ...(way === 'ws, pool' && { pool: { max: 4 } }),
    name: `faults-${++count}`,
    ...options,
  })
  await mode(connection).connect()
  return {
    way,
    modeName,
    mode,
    proxy,
    connection,
    async stop() {
      await proxy.reset()
      await mode(connection).close()
      await proxy.stop()
    },
  }
}

const PATIENCE = 20_000

/** Repeats `look` until it brings something; throws after a while. Never rejects over an error of `look` before that. */
export async function eventually<Result>(
  look: () => Promise<Result | undefined>,
  patience: number = PATIENCE,
): Promise<Result> {
  const end = performance.now() + patience
  let last: unknown = 'nothing came'
  while (performance.now() < end) {
    try {
      const result = await look()
      if (result !== undefined) return result
    } catch (error) {
      last = error
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`did not happen within ${patience} ms`, { cause: last })
}

/** The network is well again: the connection has to find that out by itself, and to be idle in the end. */
export async function recover({ connection, mode, proxy }: Bench): Promise<void> {
  await proxy.reset()
  await eventually(async () => mode(connection).query('RETURN 1', {}, { idempotent: true }))
  await eventually(async () => {
    const { pool } = await mode(connection).health()
    if (pool && pool.borrowed + pool.waiting > 0) throw new Error(JSON.stringify(pool))
    return true
  })
}
