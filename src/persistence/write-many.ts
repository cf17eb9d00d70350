import { isMissingTable } from '../connection/calls/translate-error.js'
import { Findings } from '../fields/findings.js'
import { buildDelete, buildUpdate } from '../query/build-statements.js'
import { parseAssignments } from '../query/parse-assignments.js'
import type { Query } from '../query/query.js'
import { bound, constant } from '../surrealql/nodes/expression.js'
import type { Statement } from '../surrealql/nodes/statement.js'
import type { Assignment } from '../surrealql/nodes/write-statement.js'
import { automaticAssignments } from './automatic-values.js'
import { execute, type Operation } from './operation.js'
import { softDeletion } from './soft-deletion.js'
import { settleFindings } from './validate-document.js'

/** Sets fields on every record of a query; the number of records. Hooks of documents do not run. */
export function* updateMany(query: Query, fields: unknown): Operation<number> {
  const findings = new Findings()
  const assignments = parseAssignments(query.meta, fields, findings)
  yield* settleFindings(query.meta.name, findings)
  return yield* assign(query, assignments)
}

/** Deletes every record of a query, or marks it as deleted; the number of records. Hooks of documents do not run. */
export function* deleteMany(query: Query): Operation<number> {
  const { deletedAt } = query.meta.roles
  if (!deletedAt) return yield* hardDeleteMany(query)
  const value = bound(deletedAt.field.toDatabase(new Date()))
  return yield* assign(query, [{ path: [deletedAt.column], value }], 'delete')
}

/** Deletes every record of a query, marked or not; the number of records. */
export function* hardDeleteMany(query: Query): Operation<number> {
  return yield* countWrites(buildDelete(query))
}

/** Takes the mark from every record of a query that is marked as deleted; the number of records. */
export function* restoreMany(query: Query): Operation<number> {
  const { column } = softDeletion(query.meta)
  return yield* assign({ ...query, deleted: 'only' }, [{ path: [column], value: constant('NONE') }], 'restore')
}

function* assign(query: Query, assignments: readonly Assignment[], method?: WriteMethod): Operation<number> {
  const all = [...assignments, ...automaticAssignments(query.meta, assignments)]
  return yield* countWrites(buildUpdate(query, all, method))
}

type WriteMethod = 'delete' | 'restore'

function* countWrites(statement: Statement): Operation<number> {
  try {
    return ((yield* execute(statement)) as readonly unknown[]).length
  } catch (error) {
    if (isMissingTable(error)) return 0
    throw error
  }
}
