import { createConnection, type Connection, type ConnectionOptions } from '../../src/index.js'

/** A connection to a store in memory of its own; not open yet. */
export function inMemory(name: string, more: ConnectionOptions = {}): Connection {
  return createConnection({ url: 'mem://', namespace: 'test', database: 'test', name, ...more })
}
