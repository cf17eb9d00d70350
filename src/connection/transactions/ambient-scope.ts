import { AsyncLocalStorage } from 'node:async_hooks'
import type { Queryable } from '../records/queryable.js'

/** What the code inside a `withConnection` or a `transaction` uses unless it is told otherwise. */
export interface AmbientScope {
  /** The connection. */
  readonly owner: Queryable
  /** The transaction that is under way on it. */
  readonly transaction: Queryable | undefined
  readonly outer: AmbientScope | undefined
}

const storage = new AsyncLocalStorage<AmbientScope>()

/** The innermost scope of the running task. */
export function ambientScope(): AmbientScope | undefined {
  return storage.getStore()
}

/** Runs `work`, and everything it starts, in a scope of its own inside the running task's. */
export function inScope<Result>(scope: Pick<AmbientScope, 'owner' | 'transaction'>, work: () => Result): Result {
  return storage.run({ ...scope, outer: storage.getStore() }, work)
}

/** The transaction of the running task on that connection. */
export function ambientTransaction(owner: Queryable): Queryable | undefined {
  for (let scope = storage.getStore(); scope; scope = scope.outer) {
    if (scope.owner === owner && scope.transaction) return scope.transaction
  }
  return undefined
}
