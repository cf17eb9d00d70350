import type { SelectStatement } from '../surrealql/nodes/select-statement.js'
import { buildDistinct, buildDistinctGroups, distinctForm } from './aggregates/build-distinct.js'
import { buildCount, buildSelect } from './build-statements.js'
import type { Query } from './query.js'

/** The SELECT of what a query asks for. */
export function buildRows(query: Query): SelectStatement {
  const form = distinctForm(query)
  return form ? buildDistinct(query, form) : buildSelect(query)
}

/** The SELECT that counts what a query asks for; one row with the number under `total`. */
export function buildRowCount(query: Query): SelectStatement {
  const form = distinctForm(query)
  if (!form) return buildCount(query)
  const select = buildDistinctGroups(query, form)
  return { kind: 'select', projection: { kind: 'count', alias: 'total' }, from: { kind: 'select', select } }
}
