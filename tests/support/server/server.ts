import { oldEngine } from '../engine/chosen-engine.js'
import { OLD_ENGINE } from '../engine/old-engine.js'
import { startEmbeddedServer } from './embedded-server.js'
import { startSurrealBinary } from './surreal-binary.js'

/** A running server, with an empty store behind it unless it was given one. */
export interface TestServer {
  /** `ws://127.0.0.1:port/rpc` */
  readonly wsUrl: string
  /** `http://127.0.0.1:port/rpc` */
  readonly httpUrl: string
  readonly port: number
  /** Whether a namespace and a database are there as soon as they are used. */
  readonly createsDatabases: boolean
  /** Breaks every open websocket, as a failing network does; resolves when it is done. */
  dropConnections(): Promise<void>
  /** Kills the process; resolves when it has ended. */
  stop(): Promise<void>
  /** Suspends the process: connections stay open, and nothing answers. */
  freeze(): void
  /** Lets a frozen process go on. */
  thaw(): void
}

export interface ServerOptions {
  /** 0, the default, is any free one; a fixed one lets a killed server come back. */
  readonly port?: number
  /** `mem://`, the default, or a `surrealkv://` url. */
  readonly store?: string
  /** Whether an anonymous session may do nothing but sign in. `root`, with the password `root`, owns everything. */
  readonly requireAuth?: boolean
  /** What `version` answers, such as `surrealdb-1.5.0`. */
  readonly version?: string
  /** Methods of the protocol that it does not know, as older servers do not know `begin`. */
  readonly refuseMethods?: readonly string[]
}

/**
 * Starts a server on 127.0.0.1 in a process of its own: the embedded engine behind the RPC protocol, or the `surreal`
 * executable that the environment variable SURREAL_BIN names.
 */
export function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const binary = process.env['SURREAL_BIN']
  if (binary) return startSurrealBinary(binary, options)
  const settings = { port: 0, store: 'mem://', requireAuth: false, ...options }
  return startEmbeddedServer(oldEngine ? { ...settings, engine: OLD_ENGINE, ...oldEngine } : settings)
}
