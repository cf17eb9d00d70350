import { BulkWriteError, SurrealEngineError, ValidationError, type FailedRow, type ValidationIssue } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import type { StatefulDocument } from './document-state.js'
import type { Operation } from './operation.js'

/** One of the documents of a bulk write. */
export interface BulkRow {
  /** Its place among those that were given. */
  readonly index: number
  readonly document: StatefulDocument
}

/** What came of the documents of a bulk write. */
export class BulkReport {
  readonly #stored: BulkRow[] = []
  readonly #failures: FailedRow[] = []
  readonly #ignored: number[] = []

  constructor(readonly meta: ModelMeta) {}

  /** The places of the rows that were not stored because of a conflict. */
  get ignored(): readonly number[] {
    return this.#ignored.sort((left, right) => left - right)
  }

  ignore({ index }: BulkRow): void {
    this.#ignored.push(index)
  }

  /** Without what the row was sent as, which would be kept until all of them are stored. */
  store({ index, document }: BulkRow): void {
    this.#stored.push({ index, document })
  }

  fail({ index }: BulkRow, error: SurrealEngineError): void {
    this.#failures.push({ index, code: error.code, message: error.message, error })
  }

  /** The channel broke, or something like it: what is not known to be stored counts as failed. */
  giveUp(rows: readonly BulkRow[], error: unknown): void {
    if (!(error instanceof SurrealEngineError)) throw error
    const settled = new Set([...this.#stored, ...this.#failures].map(({ index }) => index).concat(this.#ignored))
    for (const { index } of rows.filter((row) => !settled.has(row.index))) {
      this.#failures.push({ index, code: error.code, message: error.message, error })
    }
    // every row for one reason, which is none of theirs
    if (this.#stored.length === 0 && this.#failures.every((failure) => failure.error === error)) throw error
  }

  /** The documents that are stored, in the order of their rows; with any failure, a BulkWriteError. */
  finish(): readonly StatefulDocument[] {
    const stored = this.#stored.sort(byIndex).map(({ document }) => document)
    if (this.#failures.length === 0) return stored
    throw new BulkWriteError(this.meta.name, this.#failures.sort(byIndex), stored)
  }
}

function byIndex(left: { readonly index: number }, right: { readonly index: number }): number {
  return left.index - right.index
}

/** Validates each document; everything wrong with any of them is one ValidationError, with its place in front of the path. */
export function* validateRows<Row extends BulkRow>(
  meta: ModelMeta,
  rows: readonly Row[],
  validate: (row: Row) => Operation<void>,
): Operation<void> {
  const issues: ValidationIssue[] = []
  for (const row of rows) {
    try {
      yield* validate(row)
    } catch (error) {
      issues.push(...issuesAt(row.index, error))
    }
  }
  if (issues.length > 0) throw new ValidationError(meta.name, issues)
}

/** What is wrong with a document that `make` refuses to make has its place in front of the path. */
export function atRow<Result>(index: number, make: () => Result): Result {
  try {
    return make()
  } catch (error) {
    const issues = issuesAt(index, error)
    throw new ValidationError((error as ValidationError).model, issues)
  }
}

function issuesAt(index: number, error: unknown): readonly ValidationIssue[] {
  if (!(error instanceof ValidationError)) throw error
  return error.issues.map((issue) => ({ ...issue, path: [index, ...issue.path] }))
}
