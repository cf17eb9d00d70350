import { isMissingTable } from '../connection/calls/translate-error.js'
import type { SelectStatement } from '../surrealql/nodes/select-statement.js'
import { execute, executeAll, type ExecuteOptions, type Operation } from './operation.js'

/** A table that does not exist holds no records. */
export function* selectOr(statement: SelectStatement, empty: unknown, options?: ExecuteOptions): Operation<unknown> {
  try {
    return yield* execute(statement, options)
  } catch (error) {
    if (isMissingTable(error)) return empty
    throw error
  }
}

/** The rows of several SELECTs in one round trip; when a table is missing, each is asked by itself. */
export function* selectAll(statements: readonly SelectStatement[]): Operation<readonly (readonly unknown[])[]> {
  if (statements.length === 0) return []
  try {
    return (yield* executeAll(statements)) as readonly (readonly unknown[])[]
  } catch (error) {
    if (!isMissingTable(error)) throw error
  }
  const found: (readonly unknown[])[] = []
  for (const statement of statements) found.push((yield* selectOr(statement, [])) as readonly unknown[])
  return found
}
