import { LookupError } from '../errors.js'
import { and, idiom, type Expression } from '../surrealql/nodes/expression.js'
import type { Projection, SelectStatement, Target } from '../surrealql/nodes/select-statement.js'
import type { Assignment, DeleteStatement, UpdateStatement } from '../surrealql/nodes/write-statement.js'
import type { Query } from './query.js'
import { scopeOf } from './scope.js'

/** The SELECT of a query. */
export function buildSelect(query: Query, projection: Projection = { kind: 'all' }): SelectStatement {
  const { orderBy, limit, start } = query
  return {
    kind: 'select',
    projection,
    ...(orderBy.length > 0 && query.from?.kind === 'edges' ? { from: edgesOf(query) } : sourceOf(query)),
    ...(orderBy.length > 0 && { orderBy }),
    ...(limit !== undefined && { limit }),
    ...(start !== undefined && { start }),
  }
}

/** The SELECT that counts the records of a query; one row with the number under `total`. */
export function buildCount(query: Query): SelectStatement {
  const projection: Projection = { kind: 'count', alias: 'total' }
  if (!isSliced(query)) return buildSelect({ ...query, orderBy: [] }, projection)
  return { kind: 'select', projection, from: { kind: 'select', select: buildSelect(query) } }
}

/** The UPDATE of all records of a query. */
export function buildUpdate(
  query: Query,
  assignments: readonly Assignment[],
  method: WriteMethod = 'update',
): UpdateStatement {
  return { kind: 'update', ...writeTarget(query, method), assignments, returning: 'marker' }
}

/** The DELETE of all records of a query. */
export function buildDelete(query: Query): DeleteStatement {
  return { kind: 'delete', ...writeTarget(query, 'delete'), returning: 'marker' }
}

/** What the user called, for the error. */
type WriteMethod = 'update' | 'delete' | 'restore'

function isSliced(query: Query): boolean {
  return query.limit !== undefined || query.start !== undefined
}

/**
 * UPDATE and DELETE have no LIMIT: a sliced query names its records by a sub-select, and that stands in another one,
 * because ORDER BY needs the whole record.
 */
function writeTarget(query: Query, method: WriteMethod): { readonly target: Target; readonly where?: Expression } {
  if (isSliced(query)) {
    const from: Target = { kind: 'select', select: buildSelect(query) }
    return {
      target: { kind: 'select', select: { kind: 'select', projection: { kind: 'value', value: idiom('id') }, from } },
    }
  }
  if (query.conditions.length === 0 && !query.allowAll) {
    throw new LookupError(
      'UNFILTERED_WRITE',
      `${query.meta.name}: ${method}() without a filter would touch every record; if that is meant, call .allowAll() first.`,
    )
  }
  return { target: targetOf(query), ...whereOf(query) }
}

/** The engine gives no order to edges that it follows in the same SELECT. */
function edgesOf(query: Query): Target {
  return { kind: 'select', select: { kind: 'select', projection: { kind: 'all' }, ...sourceOf(query) } }
}

function sourceOf(query: Query): { readonly from: Target; readonly where?: Expression } {
  return { from: targetOf(query), ...whereOf(query) }
}

function targetOf({ from, meta }: Query): Target {
  return from ?? { kind: 'table', table: meta.table }
}

function whereOf({ meta, deleted, conditions }: Query): { readonly where?: Expression } {
  const all = [...scopeOf(meta, deleted), ...conditions]
  return all.length > 0 ? { where: and(...all) } : {}
}
