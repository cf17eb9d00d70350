import { DatabaseError, LookupError, SurrealEngineError, TransactionError, UnsupportedError } from '../../errors.js'
import { run, runSync, type BothModes, type Work } from '../both-modes.js'
import { joinTables, type Tables } from '../../surrealql/compiled-query.js'
import { writtenBy } from '../cache/written-by.js'
import type { ExecutorOptions } from '../calls/executor.js'
import type { CallOptions } from '../calls/call-options.js'
import type { Calls, CallPlace } from '../calls/calls.js'
import type { OpenLiveQueries } from '../live/open-live-queries.js'
import type { SessionParts } from '../session/database-session.js'
import type { Queryable } from '../records/queryable.js'
import { isPartOfTransaction } from '../calls/part-of-transaction.js'
import type { RpcRequest } from '../calls/rpc.js'
import { DataTransfer } from '../transfer/data-transfer.js'
import { isMissingTable } from '../calls/translate-error.js'

/** What a transaction is made of. */
export interface TransactionParts extends SessionParts {
  readonly calls: Calls
  /** The connection it belongs to. */
  readonly owner: Queryable
  /** Those of the connection. */
  readonly liveQueries: OpenLiveQueries
  readonly place: CallPlace
}

/**
 * A transaction under way: what `connection.transaction` gives its callback. Everything asked of it sees what it has written, and
 * nobody else does before it is committed.
 *
 * The session is that of the connection, and not undone: `signin`, `use` and `let` stay, and a live query goes on after the end. What
 * carries a whole database, `export` and `import`, is no part of a transaction for the engine, and an UnsupportedError here.
 *
 * A statement that fails is the end of it: whatever follows is a TransactionError, and nothing of it is stored.
 */
export class Transaction extends DataTransfer {
  readonly #given: TransactionParts
  readonly #restores: (() => void)[] = []
  #isOpen = true
  #hasWritten = false
  #written: Tables = new Set()
  #failure: SurrealEngineError | undefined
  /** How many calls and operations have begun and not ended. */
  #underWay = 0
  #onIdle: (() => void) | undefined

  /** @internal Use `connection.transaction`. */
  constructor(given: TransactionParts) {
    super()
    this.#given = given
  }

  get serverVersion(): string | undefined {
    return this.#given.session.serverVersion
  }

  /** @internal Whether anything but reads of documents was asked of it. */
  get hasWritten(): boolean {
    return this.#hasWritten
  }

  /** @internal The tables that it writes. */
  get written(): Tables {
    return this.#written
  }

  /** @internal The connection it belongs to. */
  get owner(): Queryable {
    return this.#given.owner
  }

  /** @internal Why it cannot be committed any more. */
  get failure(): SurrealEngineError | undefined {
    return this.#failure
  }

  /** @internal */
  protected get parts(): SessionParts {
    return this.#given
  }

  /** @internal A live query is the session's: it goes on after the end, and hears what others write. */
  protected get liveQueries(): OpenLiveQueries {
    this.assertUsable()
    return this.#given.liveQueries
  }

  /** @internal */
  protected transfer(): never {
    throw new UnsupportedError(
      'UNSUPPORTED_CALL',
      'An export or import cannot be a part of a transaction: the engine carries it out beside it. Call it on the connection, before the transaction or after it.',
    )
  }

  /** @internal */
  async request(request: RpcRequest, options?: CallOptions): Promise<unknown> {
    return await run(this.call(request, options))
  }

  /** @internal */
  requestSync(request: RpcRequest, options?: CallOptions): unknown {
    return runSync(this.call(request, options))
  }

  /** @internal What to do with a document when the transaction is not committed. */
  onCancel(restore: () => void): void {
    this.#restores.push(restore)
  }

  /** @internal An operation begins in it; the function that comes back ends it. */
  enter(): () => void {
    this.#underWay++
    return () => {
      if (--this.#underWay === 0) this.#onIdle?.()
    }
  }

  /** @internal Waits for what the body began and did not wait for; false where that cannot be waited for. */
  readonly idle: BothModes<boolean> = {
    async: async () => {
      while (this.#underWay > 0) {
        await new Promise<void>((resolve) => (this.#onIdle = resolve))
        // whoever waited for that one goes on first, and may begin another
        await new Promise((resolve) => setImmediate(resolve))
      }
      return true
    },
    sync: () => this.#underWay === 0,
  }

  /** @internal Work inside of it was given up: it cannot be committed any more. */
  fail(error: unknown): void {
    this.#failure ??= error instanceof SurrealEngineError ? error : undefined
    this.#failure ??= new TransactionError(
      'TRANSACTION_FAILED',
      'Nothing of the transaction is stored: its body, or one inside of it, threw an error, which is the cause of this one.',
      { cause: error },
    )
  }

  /** @internal Nothing can be asked of it any more. */
  close(): void {
    this.#isOpen = false
  }

  /** @internal It was not committed: documents become what they were. */
  restore(): void {
    for (const restore of this.#restores.reverse()) restore()
    this.#restores.length = 0
  }

  /** @internal */
  *call(request: RpcRequest, options?: ExecutorOptions): Work<unknown> {
    this.assertUsable()
    this.writes(writtenBy(request, options))
    const { calls, place } = this.#given
    const isPart = isPartOfTransaction(request, options)
    this.#hasWritten ||= isPart && options?.idempotent !== true
    const leave = this.enter()
    try {
      const value = yield* calls.call(request, options, place)
      // what came too late must not reach a document
      this.#assertOpen()
      return value
    } catch (error) {
      this.#assertOpen(error)
      if (isPart && !isHarmless(error)) this.fail(error)
      throw error
    } finally {
      leave()
    }
  }

  /** @internal */
  protected writes(tables: Tables): void {
    this.#written = joinTables([this.#written, tables])
  }

  /** @internal */
  protected assertUsable(): void {
    this.#assertOpen()
    if (this.#failure) {
      throw new TransactionError(
        'TRANSACTION_FAILED',
        `The transaction has failed and will be cancelled: ${this.#failure.message}`,
        { cause: this.#failure },
      )
    }
  }

  #assertOpen(cause?: unknown): void {
    if (this.#isOpen) return
    throw new TransactionError(
      'TRANSACTION_CLOSED',
      'The transaction has ended; await everything inside of its callback.',
      { cause },
    )
  }
}

/** What was refused before it was sent did no harm, nor did a question for a table that is not there. */
function isHarmless(error: unknown): boolean {
  return error instanceof LookupError || (error instanceof DatabaseError && isMissingTable(error) && !error.isPartial)
}
