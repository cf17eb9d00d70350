import { DatabaseError, SurrealEngineError, TransactionError } from '../errors.js'
import { run, runSync, type Work } from './both-modes.js'
import type { CallOptions } from './call-options.js'
import type { Calls, CallPlace } from './calls.js'
import { DatabaseSession, type SessionParts } from './database-session.js'
import type { Queryable } from './queryable.js'
import type { RpcRequest } from './rpc.js'
import { isMissingTable } from './translate-error.js'

/** What a transaction is made of. */
export interface TransactionParts extends SessionParts {
  readonly calls: Calls
  /** The connection it belongs to. */
  readonly owner: Queryable
  readonly place: CallPlace
}

/**
 * A transaction under way: what `connection.transaction` gives its callback. Everything asked of it sees what it has written, and
 * nobody else does before it is committed.
 *
 * A statement that fails is the end of it: whatever follows is a TransactionError, and nothing of it is stored.
 */
export class Transaction extends DatabaseSession {
  readonly #given: TransactionParts
  readonly #restores: (() => void)[] = []
  #isOpen = true
  #failure: SurrealEngineError | undefined

  /** @internal Use `connection.transaction`. */
  constructor(given: TransactionParts) {
    super()
    this.#given = given
  }

  get serverVersion(): string | undefined {
    return this.#given.session.serverVersion
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
    if (this.#isOpen) this.#restores.push(restore)
  }

  /** @internal Work inside of it was given up: it cannot be committed any more. */
  fail(error: unknown): void {
    this.#failure ??= error instanceof SurrealEngineError ? error : undefined
    this.#failure ??= new TransactionError('TRANSACTION_FAILED', 'Work inside of the transaction threw an error.', {
      cause: error,
    })
  }

  /** @internal Nothing can be asked of it any more. */
  end(isCommitted: boolean): void {
    this.#isOpen = false
    if (!isCommitted) for (const restore of this.#restores.reverse()) restore()
    this.#restores.length = 0
  }

  /** @internal */
  protected *call(request: RpcRequest, options?: CallOptions): Work<unknown> {
    this.#assertUsable()
    const { calls, place } = this.#given
    try {
      return yield* calls.call(request, options, place)
    } catch (error) {
      // what was refused before it was sent did no harm, nor did a question for a table that is not there
      if ((error instanceof DatabaseError && !isMissingTable(error)) || isOfTheChannel(error)) this.fail(error)
      throw error
    }
  }

  #assertUsable(): void {
    if (!this.#isOpen) {
      throw new TransactionError(
        'TRANSACTION_CLOSED',
        'The transaction has ended; await everything inside of its callback.',
      )
    }
    if (this.#failure) {
      throw new TransactionError(
        'TRANSACTION_FAILED',
        `The transaction has failed and will be cancelled: ${this.#failure.message}`,
        { cause: this.#failure },
      )
    }
  }
}

function isOfTheChannel(error: unknown): boolean {
  return (
    error instanceof SurrealEngineError && ['CONNECTION_LOST', 'TIMEOUT', 'ABORTED', 'HOST_DIED'].includes(error.code)
  )
}
