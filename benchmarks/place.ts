import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedServer } from '../tests/support/server/embedded-server.js'
import { prepareDatabase } from '../tests/support/server/prepare-database.js'

/** Where contenders work. */
export interface Place {
  /** Whether it is a server that all contenders share. */
  readonly isRemote: boolean
  /** What a contender connects to. */
  url(who: string): string
  close(): Promise<void>
}

/** An engine in the process of each contender; or, for `ws` and `http`, one server for all of them. */
export async function openPlace(engine: string, server: string | undefined): Promise<Place> {
  if (engine === 'ws' || engine === 'http') return await openServer(engine, server)
  const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-benchmark-'))
  return {
    isRemote: false,
    url: (who) => (engine === 'mem' ? 'mem://' : `${engine}:${directory}/${who}`),
    close: async () => rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  }
}

async function openServer(scheme: string, given: string | undefined): Promise<Place> {
  if (given !== undefined) {
    for (const database of ['ours', 'raw', 'surqlize']) {
      await prepareDatabase({ httpUrl: `http://${given}/rpc` }, 'benchmark', database)
    }
    return { isRemote: true, url: () => `${scheme}://${given}`, close: async () => {} }
  }
  const server = await startEmbeddedServer({ port: 0, store: 'mem://', requireAuth: false })
  return { isRemote: true, url: () => `${scheme}://127.0.0.1:${server.port}`, close: () => server.stop() }
}
