import type { CallFunctionStatement, DefineStatement } from './define-statement.js'
import type { SelectStatement } from './select-statement.js'
import type { CreateStatement, DeleteStatement, InsertStatement, UpdateStatement } from './write-statement.js'

/** Everything `compile` can turn into text. */
export type Statement =
  | SelectStatement
  | CreateStatement
  | InsertStatement
  | UpdateStatement
  | DeleteStatement
  | CallFunctionStatement
  | DefineStatement
