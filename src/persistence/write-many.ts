import { isMissingTable } from '../connection/calls/translate-error.js'
import { Findings } from '../fields/findings.js'
import { buildDelete, buildUpdate } from '../query/build-statements.js'
import { parseAssignments } from '../query/parse-assignments.js'
import type { Query } from '../query/query.js'
import type { Statement } from '../surrealql/nodes/statement.js'
import { execute, type Operation } from './operation.js'
import { settleFindings } from './validate-document.js'

/** Sets fields on every record of a query; the number of records. Hooks of documents do not run. */
export function* updateMany(query: Query, fields: unknown): Operation<number> {
  const findings = new Findings()
  const assignments = parseAssignments(query.meta, fields, findings)
  yield* settleFindings(query.meta.name, findings)
  return yield* countWrites(buildUpdate(query, assignments))
}

/** Deletes every record of a query; the number of records. Hooks of documents do not run. */
export function* deleteMany(query: Query): Operation<number> {
  return yield* countWrites(buildDelete(query))
}

function* countWrites(statement: Statement): Operation<number> {
  try {
    return ((yield* execute(statement)) as readonly unknown[]).length
  } catch (error) {
    if (isMissingTable(error)) return 0
    throw error
  }
}
