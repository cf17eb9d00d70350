import { AsyncInSyncError, LookupError } from '../errors.js'
import { ambientScope, ambientTransaction, inScope } from './transactions/ambient-scope.js'
import { assertFunction } from './assert-function.js'
import { ConnectionRegistry, findConnection } from './connection-registry.js'
import type { Connection } from './connection.js'
import type { Queryable } from './records/queryable.js'
import { isObject } from '../values.js'
import { ignoreRejection, isPromiseLike } from './steps.js'
import { Transaction } from './transactions/transaction.js'

/** A connection, its name in the registry, or a transaction. */
export type ConnectionChoice = Connection | Transaction | string

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
  work: () => PromiseLike<Result> | Result,
): Promise<Result> {
  assertFunction(work, 'withConnection()')
  // what is awaited may be a queryset, which is asked for only then
  return await inScope(scopeOf(choice), async () => await work())
}

/** {@link withConnection} for blocking work; a promise from `work` is an AsyncInSyncError. */
export function withConnectionSync<Result>(choice: ConnectionChoice, work: () => Result): Result {
  assertFunction(work, 'withConnectionSync()')
  const result = inScope(scopeOf(choice), work)
  if (isPromiseLike(result)) {
    ignoreRejection(result)
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

/**
 * What an operation runs on: the named connection, the ambient one, the model's own, the default; and the running task's
 * transaction on it, if there is one.
 */
export function currentConnection(hints: ConnectionHints): Queryable {
  return findCurrentConnection(hints) ?? missing(hints)
}

/** {@link currentConnection}; undefined where there is none. */
export function findCurrentConnection({ explicit, model }: ConnectionHints): Queryable | undefined {
  if (explicit instanceof Transaction) return explicit
  const connection = explicit === undefined ? unnamed(model) : named(explicit)
  return connection && (ambientTransaction(connection) ?? connection)
}

/** The registry knows what to say. */
function missing({ explicit, model }: ConnectionHints): Queryable {
  const name = typeof explicit === 'string' ? explicit : model
  return name === undefined ? ConnectionRegistry.getDefault() : ConnectionRegistry.get(name)
}

/** The connection itself, also while one of its transactions is running. */
export function connectionBehind(hints: ConnectionHints): Connection {
  const found = currentConnection(hints)
  // transactions belong to connections, and nothing else is queried
  return (found instanceof Transaction ? found.owner : found) as Connection
}

function unnamed(model: string | undefined): Queryable | undefined {
  return ambientScope()?.owner ?? findConnection(model)
}

function named(choice: Connection | string): Connection | undefined {
  return typeof choice === 'string' ? findConnection(choice) : toConnection(choice)
}

function scopeOf(choice: ConnectionChoice): { readonly owner: Queryable; readonly transaction: Queryable | undefined } {
  if (choice instanceof Transaction) return { owner: choice.owner, transaction: choice }
  return { owner: toConnection(choice), transaction: undefined }
}

function toConnection(choice: Connection | string): Connection {
  if (typeof choice === 'string') return ConnectionRegistry.get(choice)
  if (isObject(choice) && 'execute' in choice) return choice
  throw new LookupError('INVALID_VALUE', 'A connection is given as such, by its name, or as a transaction of it.')
}
