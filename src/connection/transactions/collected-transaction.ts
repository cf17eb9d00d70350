import { UnsupportedError } from '../../errors.js'
import { perform, type Work } from '../both-modes.js'
import type { CollectedWrite, ExecutorOptions, Foreseen } from '../calls/executor.js'
import { isPartOfTransaction } from '../calls/part-of-transaction.js'
import type { RpcRequest } from '../calls/rpc.js'
import { Transaction, type TransactionParts } from './transaction.js'

/**
 * A transaction on a server that has none of several requests: what documents write is collected, and sent as one
 * `BEGIN … COMMIT` text when the body has returned. Until then documents hold what they have written themselves; what the
 * database makes of it (defaults, computed fields) reaches them with the commit. Nothing can be read in it.
 */
export class CollectedTransaction extends Transaction {
  readonly #parts: TransactionParts
  readonly #statements: unknown[] = []
  readonly #foreseen: Foreseen[] = []
  #compile: CollectedWrite['compile'] | undefined

  /** @internal Use `connection.transaction`. */
  constructor(parts: TransactionParts) {
    super(parts)
    this.#parts = parts
  }

  /** @internal */
  collect({ statements, foreseen, compile, writes }: CollectedWrite): readonly unknown[] {
    this.assertUsable()
    if (!foreseen) throw unsupported()
    this.writes(writes)
    this.#statements.push(...statements)
    this.#foreseen.push(foreseen)
    this.#compile = compile
    return [foreseen.result]
  }

  /** @internal Carries everything out. */
  *send(): Work<readonly unknown[]> {
    if (!this.#compile) return []
    const { query, bindings } = this.#compile(this.#statements)
    const request = { method: 'query', params: [`BEGIN;\n${query};\nCOMMIT`, bindings] }
    return (yield* this.#parts.calls.call(request)) as readonly unknown[]
  }

  /** @internal Lets the documents know what came of it. */
  settle(results: readonly unknown[]): void {
    // some servers answer BEGIN and COMMIT as well
    const first = results.length > this.#statements.length ? 1 : 0
    const last = new Map(this.#foreseen.map(({ of }, index) => [of, index]))
    for (const index of last.values()) this.#foreseen[index]!.settled(results[first + index])
  }

  /** @internal */
  override *call(request: RpcRequest, options?: ExecutorOptions): Work<unknown> {
    this.assertUsable()
    if (!isPartOfTransaction(request, options)) return yield* this.#parts.calls.call(request, options)
    return yield* perform({ async: refuse, sync: refuse })
  }
}

function refuse(): never {
  throw unsupported()
}

function unsupported(): UnsupportedError {
  return new UnsupportedError(
    'UNSUPPORTED_CALL',
    'This server has no transactions of several requests (SurrealDB has them from version 3 on): inside of one, documents can be saved and deleted, and nothing that needs an answer can be asked. Read before it, or send the statements as one query: BEGIN; …; COMMIT.',
  )
}
