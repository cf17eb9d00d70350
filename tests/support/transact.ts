import { AsyncResource } from 'node:async_hooks'
import { runSteps, runStepsSync } from '../../src/connection/steps.js'
import type { Transaction, TransactionOptions } from '../../src/index.js'
import type { Place } from './everywhere.js'

/** The body of a transaction, written once: `yield` waits in async mode, and gives the value back in both. */
export type Body<Result> = (transaction: Transaction) => Generator<unknown, Result, unknown>

type Where = Pick<Place, 'connection' | 'mode' | 'modeName'>

/** Runs a body in a transaction, in the mode of the place. */
export async function transact<Result>(
  where: Where,
  body: Body<Result>,
  options?: TransactionOptions,
): Promise<Result> {
  return await transactInside(where, body, options)
}

/** The same inside of another body, which yields what comes back. */
export function transactInside<Result>(
  { connection, mode, modeName }: Where,
  body: Body<Result>,
  options?: TransactionOptions,
): Promise<Result> {
  const inMode = (transaction: Transaction): Result | Promise<Result> =>
    modeName === 'async' ? runSteps(body(transaction), (step) => step) : runStepsSync(body(transaction), (step) => step)
  return mode(connection).transaction(inMode, options)
}

const nowhere = new AsyncResource('outside of every transaction')

/** Does work as somebody who is in no transaction. */
export function outside<Result>(work: () => Result): Result {
  return nowhere.runInAsyncScope(work)
}

/** What a promise is rejected with. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  )
}
