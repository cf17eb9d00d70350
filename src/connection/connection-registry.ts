import { ConfigurationError, ConnectionNotFoundError } from '../errors.js'
import { checkOptions, type ConnectionOptions } from './options/connection-options.js'
import { Connection } from './connection.js'

const connections = new Map<string, Connection>()
let defaultName: string | undefined

/**
 * Makes a connection and puts it into the registry; it is opened by `connect()` or `connectSync()`.
 *
 * What is not given comes from the environment: `SURREALDB_URL`, `_NAMESPACE`, `_DATABASE`, `_USERNAME`, `_PASSWORD`,
 * `_TOKEN`. Everything wrong with the options is named in one ConfigurationError. A name that is in use is one too, unless that
 * connection was closed.
 *
 * @example
 * ```ts
 * import { createConnection } from 'surrealengine'
 * const connection = createConnection({ url: 'mem://', namespace: 'app', database: 'main', name: 'example' })
 * connection.connectSync()
 * connection.closeSync()
 * ```
 */
export function createConnection(options: string | ConnectionOptions = {}): Connection {
  const checked = checkOptions(options)
  const existing = connections.get(checked.name)
  if (existing && existing.status !== 'closed') {
    throw new ConfigurationError(
      'CONNECTION_NAME_TAKEN',
      `A connection named "${checked.name}" exists; close it first, or give this one another name.`,
    )
  }
  const connection = new Connection(checked)
  connections.set(checked.name, connection)
  if (checked.makeDefault || !hasOpenDefault()) defaultName = checked.name
  forgetClosed()
  return connection
}

/** Until then they are kept, so that whoever uses one is told that it was closed; for ever would be a leak. */
function forgetClosed(): void {
  for (const [name, { status }] of connections) if (status === 'closed') connections.delete(name)
}

/** A default that was closed gives way to the next connection. */
function hasOpenDefault(): boolean {
  const current = defaultName === undefined ? undefined : connections.get(defaultName)
  return current !== undefined && current.status !== 'closed'
}

/** The connection of that name, or the one that is used when none is named; undefined where there is none. */
export function findConnection(name = defaultName): Connection | undefined {
  return name === undefined ? undefined : connections.get(name)
}

/** The connections of this process by name. */
export const ConnectionRegistry = {
  /** The connection of that name; none is a ConnectionNotFoundError. */
  get(name: string): Connection {
    const connection = connections.get(name)
    if (connection) return connection
    const known = [...connections.keys()].map((key) => `"${key}"`).join(', ') || 'none'
    throw new ConnectionNotFoundError(
      `There is no connection named "${name}" (there is: ${known}); make it with createConnection({ name: '${name}', … }).`,
    )
  },

  /** The connection that is used when none is named. */
  getDefault(): Connection {
    if (defaultName !== undefined) return ConnectionRegistry.get(defaultName)
    throw new ConnectionNotFoundError(
      'There is no connection; make one with createConnection({ url, namespace, database }) and call connect().',
    )
  },

  /** Makes the connection of that name the default. */
  setDefault(name: string): void {
    defaultName = ConnectionRegistry.get(name).name
  },

  has(name: string): boolean {
    return connections.has(name)
  },

  names(): string[] {
    return [...connections.keys()]
  },

  /** Forgets a connection without closing it; true when there was one. */
  remove(name: string): boolean {
    if (defaultName === name) defaultName = undefined
    return connections.delete(name)
  },

  /** Closes every connection and forgets them all. */
  async closeAll(): Promise<void> {
    await Promise.all(forgetAll().map((connection) => connection.close()))
  },

  /** {@link closeAll}, blocking. */
  closeAllSync(): void {
    for (const connection of forgetAll()) connection.closeSync()
  },
}

function forgetAll(): Connection[] {
  const all = [...connections.values()]
  connections.clear()
  defaultName = undefined
  return all
}
