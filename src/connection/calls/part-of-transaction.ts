import type { ExecutorOptions } from './executor.js'
import type { RpcRequest } from './rpc.js'

/**
 * Whether a request is a part of the transaction it is made in. What is about the session is none: it is told to other channels
 * as well, where there is no such transaction, and the engine knows no user inside of one (surrealdb #6604).
 */
export function isPartOfTransaction({ method }: RpcRequest, { ofSession }: ExecutorOptions = {}): boolean {
  return method === 'query' && ofSession !== true
}
