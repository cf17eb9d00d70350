import type { Expression } from './expression.js'
import type { Target } from './select-statement.js'

/** What a write gives back for each record it touched. */
export type Returning = 'after' | 'before' | 'marker' | 'none'

/** `path = value`; NONE removes the key. */
export interface Assignment {
  readonly path: readonly string[]
  readonly value: Expression
}

/** CREATE of one record, with or without a given id. */
export interface CreateStatement {
  readonly kind: 'create'
  readonly target: Target
  readonly content: unknown
}

/** INSERT of several records at once; all of them are stored or none. */
export interface InsertStatement {
  readonly kind: 'insert'
  readonly table: string
  /** The rows are edges: each has \`in\` and \`out\`. */
  readonly relation?: boolean
  readonly rows: readonly unknown[]
  /** What becomes of a row whose id, or whose value of a unique index, is taken. Without it, the whole statement fails. */
  readonly onConflict?: 'ignore' | ConflictUpdate
}

/** What a row changes of the record that is there already. */
export interface ConflictUpdate {
  /** These columns become what they are in the row. */
  readonly take: readonly string[]
  /** These columns become these values. */
  readonly set: Readonly<Record<string, unknown>>
  /** One is added to these columns. */
  readonly increment: readonly string[]
}

/** UPDATE … SET, which never creates a record. */
export interface UpdateStatement {
  readonly kind: 'update'
  readonly target: Target
  readonly only?: boolean
  readonly assignments: readonly Assignment[]
  readonly where?: Expression
  /** The columns of the table that the engine computes: see `Dialect.comparesFutures`. */
  readonly computed?: readonly string[]
  readonly returning: Returning
  /** A duration. */
  readonly timeout?: unknown
}

/** DELETE. */
export interface DeleteStatement {
  readonly kind: 'delete'
  readonly target: Target
  readonly only?: boolean
  readonly where?: Expression
  /** As those of an UPDATE. */
  readonly computed?: readonly string[]
  readonly returning: Returning
  /** A duration. */
  readonly timeout?: unknown
}
