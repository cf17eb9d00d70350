import {
  AsyncInSyncError,
  LookupError,
  OutcomeUnknownError,
  SurrealEngineError,
  TimeoutError,
  TransactionConflictError,
} from '../../errors.js'
import { ambientTransaction, inScope } from './ambient-scope.js'
import { assertFunction } from '../assert-function.js'
import type { Backoff, Link } from '../bridge/link.js'
import { pause, perform, type Work } from '../both-modes.js'
import type { ResultCache } from '../cache/result-cache.js'
import type { CallPlace } from '../calls/calls.js'
import type { ConflictQueue } from '../calls/conflict-queue.js'
import { Deadline } from '../calls/deadline.js'
import { linkError } from '../calls/link-error.js'
import type { Observer } from '../observability/observer.js'
import { CONFLICT_BACKOFF, pauseAfter, type Pauses } from '../calls/pause-after.js'
import { ignoreRejection, isPromiseLike } from '../steps.js'
import type { TransactionSpan } from '../observability/telemetry.js'
import { CollectedTransaction } from './collected-transaction.js'
import { Transaction, type TransactionParts } from './transaction.js'
import { isMissingMethod } from '../calls/translate-error.js'

/** How a transaction is run. */
export interface TransactionOptions {
  /**
   * How often it is run again when another transaction has written the same records, or when its channel broke before the
   * commit. Default: 5.
   */
  readonly retries?: number
}

/** What a connection gives its transactions. */
export interface TransactionContext extends Omit<TransactionParts, 'place'> {
  readonly name: string
  readonly link: Link
  readonly backoff: Backoff | undefined
  readonly conflicts: ConflictQueue
  readonly cache: Pick<ResultCache, 'written'>
  readonly observer: Pick<Observer, 'transactionStarted' | 'emit'>
  /** Milliseconds. */
  readonly timeout: number
}

/** Where a transaction that has begun goes on. */
interface Begun extends CallPlace {
  readonly lease: number
}

/** The work of the user. */
export type TransactionBody = (transaction: Transaction) => unknown

const RETRIES = 5
let lastLease = 0

/** Runs the body in a transaction, again where that is safe; inside of a transaction it becomes a part of that one. */
export function* runTransaction(
  context: TransactionContext,
  body: TransactionBody,
  options?: TransactionOptions,
): Work<unknown> {
  checkRetries(options?.retries ?? RETRIES)
  assertFunction(body, 'A transaction')
  const outer = ambientTransaction(context.owner)
  if (outer instanceof Transaction) return yield* runInside(outer, body)
  const span = context.observer.transactionStarted()
  try {
    const value = yield* runUntilCommitted({ ...context, span }, body, options)
    span.ended({ value })
    return value
  } catch (error) {
    span.ended({ error })
    throw error
  }
}

type SpannedContext = TransactionContext & { readonly span: TransactionSpan }

function* runUntilCommitted(
  context: SpannedContext,
  body: TransactionBody,
  { retries = RETRIES }: TransactionOptions = {},
): Work<unknown> {
  let leave: (() => void) | undefined
  try {
    for (let attempt = 1; ; attempt++) {
      const outcome = yield* tryOnce(context, body)
      if ('value' in outcome) return outcome.value
      const reason = outcome.reason ?? outcome.error
      const backoff = backoffFor(reason, context.backoff)
      if (!backoff || attempt > retries) throw outcome.error
      const delay = pauseAfter(attempt, backoff)
      const { name: connection } = context
      context.observer.emit('retry', { connection, attempt, delay, error: reason as SurrealEngineError })
      yield* perform(pause(delay))
      leave ??= yield* perform(context.conflicts.enter)
    }
  } finally {
    leave?.()
  }
}

function checkRetries(retries: number): void {
  if (Number.isSafeInteger(retries) && retries >= 0) return
  throw new LookupError('INVALID_VALUE', 'The "retries" of a transaction are a whole number, 0 or above.')
}

/** `reason`: why the database would not commit it, whatever the body made of that. */
type Outcome = { readonly value: unknown } | { readonly error: unknown; readonly reason?: unknown }

function* tryOnce(context: SpannedContext, body: TransactionBody): Work<Outcome> {
  const place = yield* begin(context)
  if (!place) return yield* collectAndSend(context, body)
  let isClean = false
  const transaction = new Transaction({ ...context, place })
  try {
    const spanned: TransactionBody = () => context.span.within(() => body(transaction))
    const outcome = yield* untilIdle(transaction, yield* runBody(transaction, spanned))
    transaction.close()
    if ('error' in outcome) {
      isClean = yield* cancel(context, place)
      transaction.restore()
      return outcome
    }
    const refused = yield* commit(context, place)
    if (refused) transaction.restore()
    isClean = !refused || refused.error instanceof TransactionConflictError
    return refused ?? outcome
  } finally {
    // others see what it wrote from now on, if at all
    context.cache.written(transaction.written)
    context.link.giveBack(place.lease, !isClean)
  }
}

/** Where the server knows only whole transactions. */
function* collectAndSend(context: SpannedContext, body: TransactionBody): Work<Outcome> {
  const transaction = new CollectedTransaction({ ...context, place: {} })
  const spanned: TransactionBody = () => context.span.within(() => body(transaction))
  const outcome = yield* untilIdle(transaction, yield* runBody(transaction, spanned))
  transaction.close()
  if ('error' in outcome) {
    transaction.restore()
    return outcome
  }
  let results: readonly unknown[]
  try {
    results = yield* transaction.send()
  } catch (error) {
    transaction.restore()
    return { error: commitError(context.name, error) }
  } finally {
    context.cache.written(transaction.written)
  }
  transaction.settle(results)
  return outcome
}

/**
 * Begins a transaction on a channel of its own; undefined where the server has no such request. Nothing is done yet, so it is
 * made again like any call that may be.
 */
function* begin(context: SpannedContext): Work<Begun | undefined> {
  const { calls, backoff, timeout } = context
  const deadline = new Deadline(timeout)
  if (calls.renewal) yield* calls.renewal.renewIfDue()
  for (let attempt = 1; ; attempt++) {
    try {
      return yield* beginOnce(context, deadline)
    } catch (error) {
      if (isMissingMethod(error)) return undefined
      if (!backoff || attempt > backoff.limit || !isLost(error)) throw error
      const delay = pauseAfter(attempt, backoff)
      if (!deadline.hasTimeAfter(delay)) throw error
      context.observer.emit('retry', { connection: context.name, attempt, delay, error: error as SurrealEngineError })
      yield* perform(pause(delay))
    }
  }
}

function* beginOnce({ calls, link, name, span }: SpannedContext, deadline: Deadline): Work<Begun> {
  const lease = ++lastLease
  const question = { operation: 'borrow', lease, timeout: deadline.left } as const
  try {
    const { failure } = yield* perform({ async: () => link.ask(question), sync: () => link.askSync(question) })
    if (failure) throw linkError(failure, { connection: name, isRepeatable: true })
    const place = { lease, trace: span.trace }
    return { lease, txn: yield* calls.call({ method: 'begin', params: [] }, { timeout: deadline.left }, place) }
  } catch (error) {
    // one that comes too late as well
    link.giveBack(lease, true)
    throw error
  }
}

function* runBody(transaction: Transaction, body: TransactionBody): Work<Outcome> {
  const scope = { owner: transaction.owner, transaction }
  try {
    const value = yield* perform({
      // what is awaited may be a queryset, which is asked for only then
      async: () => inScope(scope, async () => await body(transaction)),
      sync: () => synchronous(inScope(scope, () => body(transaction))),
    })
    return { value }
  } catch (error) {
    return { error }
  }
}

/** What the body left behind is a part of the transaction too, where it can be waited for. */
function* untilIdle(transaction: Transaction, outcome: Outcome): Work<Outcome> {
  let reason: unknown = transaction.failure
  if ('error' in outcome) transaction.fail(outcome.error)
  const isIdle = yield* perform(transaction.idle)
  if ('error' in outcome) return { error: outcome.error, reason }
  reason = transaction.failure
  if (reason) return { error: reason, reason }
  return isIdle ? outcome : { error: leftBehind() }
}

/** What an inner one wrote cannot be undone alone, so its error is the end of the outer one too. */
function* runInside(transaction: Transaction, body: TransactionBody): Work<unknown> {
  const outcome = yield* runBody(transaction, body)
  if ('value' in outcome) return outcome.value
  transaction.fail(outcome.error)
  throw outcome.error
}

/** What stood against it; undefined once it is committed. */
function* commit(
  { calls, name, span }: SpannedContext,
  { lease, txn }: CallPlace,
): Work<{ error: unknown } | undefined> {
  try {
    yield* calls.call({ method: 'commit', params: [txn] }, {}, closing(span, lease))
    return undefined
  } catch (error) {
    return { error: commitError(name, error) }
  }
}

function commitError(name: string, error: unknown): unknown {
  if (!isUnknown(error)) return error
  const message = `Connection "${name}": the answer to the commit of a transaction did not come; whether it is committed is not known. Read the records before you write them again.`
  return new OutcomeUnknownError('COMMIT_OUTCOME_UNKNOWN', message, { cause: error })
}

function isUnknown(error: unknown): boolean {
  if (error instanceof OutcomeUnknownError || error instanceof TimeoutError) return true
  return error instanceof SurrealEngineError && error.code === 'HOST_DIED'
}

/** Whether the database knows that it is over; with its channel it ends anyway. */
function* cancel({ calls, span }: SpannedContext, { lease, txn }: CallPlace): Work<boolean> {
  try {
    yield* calls.call({ method: 'cancel', params: [txn] }, {}, closing(span, lease))
    return true
  } catch {
    return false
  }
}

function closing({ trace }: TransactionSpan, lease: number | undefined): CallPlace {
  return lease === undefined ? { trace } : { lease, trace }
}

/** The pauses before another run; undefined when there must not be one. */
function backoffFor(error: unknown, backoff: Backoff | undefined): Pauses | undefined {
  if (error instanceof TransactionConflictError) return CONFLICT_BACKOFF
  return isLost(error) ? backoff : undefined
}

function isLost(error: unknown): boolean {
  return error instanceof SurrealEngineError && error.code === 'CONNECTION_LOST'
}

function leftBehind(): AsyncInSyncError {
  return new AsyncInSyncError(
    'An asynchronous call was begun inside of transactionSync(), which cannot wait for it; use the method with "Sync".',
  )
}

function synchronous(value: unknown): unknown {
  if (!isPromiseLike(value)) return value
  ignoreRejection(value)
  throw new AsyncInSyncError(
    'transactionSync() was given an async function, which it cannot wait for; use transaction().',
  )
}
