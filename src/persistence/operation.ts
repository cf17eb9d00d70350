import type { Foreseen, StatementOutcome } from '../connection/calls/executor.js'
import type { Steps } from '../connection/steps.js'
import type { Statement } from '../surrealql/nodes/statement.js'

/** Remembers the state of documents; what comes back puts them into it again. */
export type Snapshot = () => () => void

/** What is to be known of statements besides their text. */
export interface ExecuteOptions {
  /** Of the documents they change, for when it is not committed. */
  readonly snapshot?: Snapshot
  /**
   * They create a record whose id was made for this very write. When they are sent again, and find it there, the first
   * ones were carried out: this gives their result.
   */
  readonly ifExists?: Statement
  /** For a transaction that is sent as one text at its end: what a statement will give, as far as that is known before. */
  readonly foreseen?: Foreseen
  /** A statement that fails takes no other one along: the answer is a StatementOutcome for each. Not in a transaction. */
  readonly each?: boolean
  /** All of them are carried out, or none. Not in a transaction, where that is so anyway. */
  readonly atomic?: boolean
  /**
   * What there is to do while the database works, which may also be left to the operation. It gives the statements of the next
   * step, if they are known by then, and does not throw.
   */
  readonly meanwhile?: () => readonly Statement[] | undefined
}

/** What an operation wants done. */
export type Step =
  /** Statements to run as one round trip; the answer is one result per statement. */
  | ({ readonly kind: 'execute'; readonly statements: readonly Statement[] } & ExecuteOptions)
  /** Code of the user's: a hook. It may return a promise in async mode. */
  | { readonly kind: 'call'; readonly what: string; readonly run: () => unknown }
  /** Whether what is written here can still be cancelled. */
  | { readonly kind: 'is-in-transaction' }

/**
 * `persistence/` does things: each operation is written once, as a generator that yields what it wants done, and runs in
 * both modes. No `async`, no `await` and no promise is allowed in this folder but in `run-operation.ts`; that is what
 * keeps `save()` and `saveSync()` from drifting apart.
 */
export type Operation<Result> = Steps<Step, Result>

/** Runs one statement and gives its result. */
export function* execute(statement: Statement, options?: ExecuteOptions): Operation<unknown> {
  return ((yield { kind: 'execute', statements: [statement], ...options }) as readonly unknown[])[0]
}

/** Runs several statements in one round trip. */
export function* executeAll(statements: readonly Statement[], options?: ExecuteOptions): Operation<readonly unknown[]> {
  return (yield { kind: 'execute', statements, ...options }) as readonly unknown[]
}

/** Runs several statements in one round trip, and says what came of each of them. */
export function* executeEach(
  statements: readonly Statement[],
  options?: Pick<ExecuteOptions, 'atomic' | 'meanwhile'>,
): Operation<readonly StatementOutcome[]> {
  return (yield { kind: 'execute', statements, ...options, each: true }) as readonly StatementOutcome[]
}

/** Whether it runs in a transaction: there, one statement that fails is the end of all of it. */
export function* isInTransaction(): Operation<boolean> {
  return (yield { kind: 'is-in-transaction' }) as boolean
}

/** Runs code of the user's; `what` names it in errors. */
export function* callUser(what: string, run: () => unknown): Operation<unknown> {
  return yield { kind: 'call', what, run }
}
