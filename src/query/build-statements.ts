import { LookupError } from '../errors.js'
import { and, bound, call, idiom, list, type Expression } from '../surrealql/nodes/expression.js'
import type { Column, Projection, SelectStatement, Target } from '../surrealql/nodes/select-statement.js'
import type { Assignment, DeleteStatement, UpdateStatement } from '../surrealql/nodes/write-statement.js'
import { isSliced, type Query } from './query.js'
import { scopeOf } from './scope.js'

/** The SELECT of a query. */
export function buildSelect(query: Query, projection: Projection = projectionOf(query)): SelectStatement {
  const { orderBy, limit, start, split, version, timeout, tempFiles } = query
  const select: SelectStatement = {
    kind: 'select',
    projection,
    ...(isOrdered(query) && query.from?.kind === 'edges' ? { from: edgesOf(query) } : sourceOf(query)),
    ...(isOrdered(query) && { orderBy }),
    ...given({ split, limit, start, version, timeout, tempFiles }),
  }
  return isOrdered(query) && projection.kind !== 'all' ? projectedOutside(query, select) : select
}

/** The SELECT that counts the records of a query; one row with the number under `total`. */
export function buildCount(query: Query): SelectStatement {
  const projection: Projection = { kind: 'count', alias: 'total' }
  const records = withoutForm(query)
  if (!isSliced(query) && !query.split) return buildSelect({ ...records, orderBy: [] }, projection)
  return { kind: 'select', projection, from: { kind: 'select', select: buildSelect(records) } }
}

/** The UPDATE of all records of a query. */
export function buildUpdate(
  query: Query,
  assignments: readonly Assignment[],
  method: WriteMethod = 'update',
): UpdateStatement {
  return {
    kind: 'update',
    ...writeTarget(query, method),
    assignments,
    returning: 'marker',
    ...given({ timeout: query.timeout }),
  }
}

/** The DELETE of all records of a query. */
export function buildDelete(query: Query): DeleteStatement {
  return { kind: 'delete', ...writeTarget(query, 'delete'), returning: 'marker', ...given({ timeout: query.timeout }) }
}

/** What the user called, for the error. */
type WriteMethod = 'update' | 'delete' | 'restore'

function projectionOf(query: Query): Projection {
  const { rows, meta } = query
  switch (rows?.kind) {
    case undefined:
      return wholeRecord(query)
    case 'partial': {
      const columns = ['id', ...(meta.discriminator ? [meta.discriminator.column] : []), ...rows.only.map(columnOf)]
      return {
        kind: 'columns',
        columns: [...new Set(columns)].map((column): Column => ({ value: idiom(column) })).concat(annotationsOf(query)),
      }
    }
    case 'plain':
      return { kind: 'columns', columns: rows.columns.map(({ name, value }): Column => ({ value, alias: name })) }
    case 'value':
      return { kind: 'value', value: rows.column.value }
    default:
      return rows satisfies never
  }

  function columnOf(name: string): string {
    return meta.binding(name)!.column
  }
}

/** The engine orders by what it gives back only: the whole records are ordered, and the columns are taken of those. */
function projectedOutside(query: Query, { projection, ...select }: SelectStatement): SelectStatement {
  return { kind: 'select', projection, from: { kind: 'select', select: { ...select, projection: wholeRecord(query) } } }
}

/** Every column, and what is made of them. */
function wholeRecord(query: Query): Projection {
  const also = annotationsOf(query)
  return { kind: 'all', ...(also.length > 0 && { also }) }
}

/**
 * Beside `*`, the engine loses a path that gets a second name, gives the first of two values that are made alike no name,
 * and does not order by what is no call of a function: so each is the second of two, of which the first tells it apart.
 */
function annotationsOf({ annotations = [] }: Query): readonly Column[] {
  return annotations.map(({ name, value }, index) => ({
    value: call('array::at', list(bound(index), value), bound(1)),
    alias: name,
  }))
}

function isOrdered({ orderBy }: Query): boolean {
  return orderBy.length > 0
}

/** What has a value. */
function given<Clauses extends object>(
  clauses: Clauses,
): { [Name in keyof Clauses]?: Exclude<Clauses[Name], undefined> } {
  const entries = Object.entries(clauses).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Name in keyof Clauses]?: Exclude<Clauses[Name], undefined> }
}

/**
 * UPDATE and DELETE have no LIMIT: a sliced query names its records by a sub-select, and that stands in another one,
 * because ORDER BY needs the whole record.
 */
function writeTarget(query: Query, method: WriteMethod): { readonly target: Target; readonly where?: Expression } {
  const records = withoutForm(query)
  if (isSliced(query)) {
    const from: Target = { kind: 'select', select: buildSelect(records) }
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

/** Whatever becomes of the records. */
export function withoutForm({ rows: _rows, ...records }: Query): Query {
  return records
}

/** The engine gives no order to edges that it follows in the same SELECT. */
function edgesOf(query: Query): Target {
  return { kind: 'select', select: { kind: 'select', projection: { kind: 'all' }, ...sourceOf(query) } }
}

type Source = Pick<SelectStatement, 'from' | 'indexes' | 'where'>

function sourceOf(query: Query): Source {
  const { indexes } = query
  return { from: targetOf(query), ...(indexes && { indexes }), ...whereOf(query) }
}

function targetOf({ from, meta }: Query): Target {
  return from ?? { kind: 'table', table: meta.table }
}

function whereOf({ meta, deleted, conditions }: Query): { readonly where?: Expression } {
  const all = [...scopeOf(meta, deleted), ...conditions]
  return all.length > 0 ? { where: and(...all) } : {}
}
