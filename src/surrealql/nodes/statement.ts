import type { CallFunctionStatement, DefineStatement } from './define-statement.js'
import type { CompiledQuery } from '../compiled-query.js'
import type { Expression } from './expression.js'
import type { SelectStatement } from './select-statement.js'
import type { CreateStatement, DeleteStatement, InsertStatement, UpdateStatement } from './write-statement.js'

/** LIVE SELECT: every record of a table, or those for which a condition holds. */
export interface LiveStatement {
  readonly kind: 'live'
  readonly table: string
  readonly where?: Expression
  /** As those of an UPDATE. */
  readonly computed?: readonly string[]
}

/** Text of the user's own, made with `surql`. */
export interface TextStatement {
  readonly kind: 'text'
  readonly text: CompiledQuery
}

/** Everything `compile` can turn into text. */
export type Statement =
  | SelectStatement
  | CreateStatement
  | InsertStatement
  | UpdateStatement
  | DeleteStatement
  | CallFunctionStatement
  | DefineStatement
  | LiveStatement
  | TextStatement
