import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createConnection, type Connection, type ConnectionOptions } from '../../src/index.js'
import { oldEngine, oldEngineMissing } from './engine/chosen-engine.js'
import { prepareDatabase } from './server/prepare-database.js'
import { startServer, type TestServer } from './server/server.js'
import { MODES, type Mode, type ModeName } from './modes.js'
import { removeDirectory } from './remove-directory.js'

/** A way to a database that the tests run on. */
export type Scheme = 'mem' | 'surrealkv' | 'file' | 'rocksdb' | 'ws' | 'ws+pool' | 'http'

/** Every scheme there is; a pool is for the tests that ask for it. */
export const SCHEMES: readonly Scheme[] = ['mem', 'surrealkv', 'file', 'rocksdb', 'ws', 'http']

/** Where and how a test body runs. */
export interface Place {
  readonly scheme: Scheme
  readonly modeName: ModeName
  readonly mode: Mode
  /** What it is connected to. */
  readonly url: string
  /** Whether the engine is the one before version 3, which cannot do everything. */
  readonly isOldEngine: boolean
  /** The open connection, which is the default one too. Each scheme and mode has a database of its own. */
  readonly connection: Connection
}

/** How many channels the pool of `ws+pool` has. */
export const POOL_SIZE = 4

/** Which engine answers makes no difference to how a call waits for it. */
const modes: readonly ModeName[] = oldEngine && !process.env['BOTH_MODES'] ? ['async'] : ['async', 'sync']

let count = 0

/** One server for all tests of a file: each scheme and mode has a database of its own. */
let shared: Promise<TestServer> | undefined
afterAll(async () => (await shared)?.stop())
const serve = (): Promise<TestServer> => (shared ??= startServer())

/** Describes the same tests once for every scheme and mode. */
export function everywhere(title: string, body: (place: Place) => void, schemes: readonly Scheme[] = SCHEMES): void {
  if (oldEngineMissing) return describeLoaded(title, () => {})
  for (const scheme of oldEngine ? schemesOfServer(schemes) : schemes) {
    for (const modeName of modes) {
      describe(`${title} (${scheme}, ${modeName})`, () => {
        const name = `test-${++count}`
        let connection: Connection | undefined
        let url = ''
        let release: () => Promise<void> | void = () => {}

        beforeAll(async () => {
          const place = await openPlace(scheme, serve)
          release = place.release
          url = place.url
          await place.prepare?.('test', name)
          const options = { url: place.url, namespace: 'test', database: name, name, makeDefault: true }
          connection = createConnection(options)
          await MODES[modeName](connection).connect()
        })

        afterAll(async () => {
          if (connection) await MODES[modeName](connection).close()
          await release()
        })

        body({
          scheme,
          modeName,
          mode: MODES[modeName],
          isOldEngine: oldEngine !== undefined,
          get url() {
            return url
          },
          get connection() {
            if (!connection) throw new Error('the connection is there once the tests run')
            return connection
          },
        })
      })
    }
  }
}

/** Describes tests that open what they need themselves; where the engine does not load, one test says why there are no others. */
export function describeLoaded(title: string, body: () => void): void {
  if (oldEngineMissing) test(`${title}: ${oldEngineMissing}`, () => expect(oldEngine).toHaveProperty('missing'))
  else describe(title, body)
}

/**
 * A connection to a database of its own, in memory, for tests that need one more; to be opened once the tests run, and not
 * before. On engine 2.6 it is one of the server's.
 */
export async function openInMemory(name: string, more: ConnectionOptions = {}): Promise<Connection> {
  const { url } = await openPlace(oldEngine ? 'ws' : 'mem', serve)
  return createConnection({ url, namespace: 'test', database: name, name, ...more }).connect()
}

/** Another engine is behind a server only, because the native engine may be loaded once. */
function schemesOfServer(schemes: readonly Scheme[]): readonly Scheme[] {
  return schemes.includes('ws') || schemes.includes('mem') ? ['ws'] : []
}

/** Something to connect to, with nothing behind it yet. */
export interface OpenPlace {
  readonly url: string
  /** Makes a database, where using it does not. */
  readonly prepare?: (namespace: string, database: string) => Promise<void>
  /** To be called when it is no longer needed. */
  readonly release: () => Promise<void> | void
}

/** A server of its own, for the schemes that need one; or the one that `serve` gives, which is left running then. */
export async function openPlace(scheme: Scheme, serve?: () => Promise<TestServer>): Promise<OpenPlace> {
  switch (scheme) {
    case 'mem':
      return { url: 'mem://', release: () => {} }
    case 'surrealkv':
    case 'file':
    case 'rocksdb': {
      const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-'))
      return {
        url: `${scheme}://${directory}/store`,
        release: () => removeDirectory(directory),
      }
    }
    case 'ws':
    case 'ws+pool':
    case 'http': {
      const server = await (serve ?? startServer)()
      return {
        url: urlOf(server, scheme),
        ...(!server.createsDatabases && {
          prepare: (namespace, database) => prepareDatabase(server, namespace, database),
        }),
        release: () => (serve ? undefined : server.stop()),
      }
    }
    default:
      return scheme satisfies never
  }
}

function urlOf({ wsUrl, httpUrl }: TestServer, scheme: 'ws' | 'ws+pool' | 'http'): string {
  if (scheme === 'http') return httpUrl
  return scheme === 'ws' ? wsUrl : `${wsUrl}?pool.max=${POOL_SIZE}`
}
