import { AsyncLocalStorage } from 'node:async_hooks'
import { AsyncInSyncError } from '../errors.js'
import { ConnectionRegistry } from './connection-registry.js'
import type { Connection } from './connection.js'
import { isPromiseLike } from './steps.js'

/** A connection, or its name in the registry. */
export type ConnectionChoice = Connection | string

const ambient = new AsyncLocalStorage<Connection>()

/**
 * Runs `work` with a connection that everything inside uses unless told otherwise. Scopes nest, and concurrent tasks do not
 * see each other's.
 *
 * @example
 * ```ts
 * import { createConnection, withConnection } from 'surrealengine'
 * const archive = await createConnection({ url: 'mem://', namespace: 'app', database: 'old', name: 'archive' }).connect()
 * const [answer] = await withConnection(archive, () => archive.query('RETURN 42'))
 * await archive.close()
 * ```
 */
export async function withConnection<Result>(
  choice: ConnectionChoice,
  work: () => Promise<Result> | Result,
): Promise<Result> {
  return await ambient.run(toConnection(choice), work)
}

/** {@link withConnection} for blocking work; a promise from `work` is an AsyncInSyncError. */
export function withConnectionSync<Result>(choice: ConnectionChoice, work: () => Result): Result {
  const result = ambient.run(toConnection(choice), work)
  if (isPromiseLike(result)) {
    result.then(undefined, () => {})
    throw new AsyncInSyncError(
      'withConnectionSync() was given an async function, which would go on outside of the scope; use withConnection().',
    )
  }
  return result
}

/** What may choose a connection, in the order of its weight. */
export interface ConnectionHints {
  /** What the caller named. */
  readonly explicit: ConnectionChoice | undefined
  /** What the model names. */
  readonly model: string | undefined
}

/** The connection an operation uses: the named one, the ambient one, the model's own, the default. */
export function currentConnection({ explicit, model }: ConnectionHints): Connection {
  if (explicit !== undefined) return toConnection(explicit)
  const scoped = ambient.getStore()
  if (scoped) return scoped
  return model === undefined ? ConnectionRegistry.getDefault() : ConnectionRegistry.get(model)
}

function toConnection(choice: ConnectionChoice): Connection {
  return typeof choice === 'string' ? ConnectionRegistry.get(choice) : choice
}
