import { LookupError } from '../errors.js'
import { and, idiom, type Expression } from '../surrealql/nodes/expression.js'
import type { Column, Projection, SelectStatement, Target } from '../surrealql/nodes/select-statement.js'
import type { Assignment, DeleteStatement, UpdateStatement } from '../surrealql/nodes/write-statement.js'
import { fetching } from './fetch-links.js'
import type { Query } from './query.js'
import { scopeOf } from './scope.js'

/** The SELECT of a query; with a projection, of something else than what becomes of its records. */
export function buildSelect(query: Query, projection?: Projection): SelectStatement {
  return projection ? selectOf(query, projection) : fetching(query, selectOf(query, projectionOf(query)))
}

function selectOf(query: Query, projection: Projection): SelectStatement {
  const { orderBy, limit, start, split, version, timeout, tempFiles } = query
  const select: SelectStatement = {
    kind: 'select',
    projection,
    ...(isReadOutside(query, projection) ? { from: recordsOf(query) } : sourceOf(query)),
    ...(isOrdered(query) && { orderBy }),
    ...given({ split, limit, start, version, timeout, tempFiles }),
  }
  return isOrdered(query) && projection.kind !== 'all' ? projectedOutside(select) : select
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

function projectionOf({ rows, meta, fetch }: Query): Projection {
  switch (rows?.kind) {
    case undefined:
      return { kind: 'all' }
    case 'partial': {
      // what a document cannot be made, or saved, without
      const needed = [meta.discriminator?.column, meta.roles.version?.column].filter((column) => column !== undefined)
      const columns = ['id', ...needed, ...rows.only.map(columnOf)]
      return { kind: 'columns', columns: [...new Set(columns)].map((column) => ({ value: idiom(column) })) }
    }
    case 'plain':
      return { kind: 'columns', columns: rows.columns.map(({ name, value }): Column => ({ value, alias: name })) }
    case 'value':
      // a value that is fetched along needs its id beside it
      if (fetch) return { kind: 'columns', columns: [{ value: rows.column.value, alias: rows.column.name }] }
      return { kind: 'value', value: rows.column.value }
    default:
      return rows satisfies never
  }

  function columnOf(name: string): string {
    return meta.binding(name)!.column
  }
}

/** The engine orders by what it gives back only: the whole records are ordered, and the columns are taken of those. */
function projectedOutside({ projection, ...select }: SelectStatement): SelectStatement {
  return { kind: 'select', projection, from: { kind: 'select', select: { ...select, projection: { kind: 'all' } } } }
}

function isSliced(query: Query): boolean {
  return query.limit !== undefined || query.start !== undefined
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
function withoutForm({ rows: _rows, fetch: _fetch, prefetch: _prefetch, ...records }: Query): Query {
  return records
}

/**
 * The engine gives no order to records that it reads by their ids, or by edges, in the same SELECT; and of those that it reads
 * by their ids, it gives nothing but the whole.
 */
function isReadOutside(query: Query, projection: Projection): boolean {
  const { from, fetch } = query
  if (from?.kind === 'records') return isOrdered(query) || projection.kind !== 'all' || fetch !== undefined
  return from?.kind === 'edges' && isOrdered(query)
}

function recordsOf(query: Query): Target {
  return { kind: 'select', select: { kind: 'select', projection: { kind: 'all' }, ...sourceOf(query) } }
}

type Source = Pick<SelectStatement, 'from' | 'indexes' | 'computed' | 'where'>

function sourceOf(query: Query): Source {
  const { indexes } = query
  return { from: targetOf(query), ...(indexes && { indexes }), ...computedOf(query), ...whereOf(query) }
}

function computedOf({ meta }: Query): { readonly computed?: readonly string[] } {
  const computed = meta.bindings.filter(({ field }) => field.isComputed)
  return computed.length > 0 ? { computed: computed.map(({ column }) => column) } : {}
}

function targetOf({ from, meta }: Query): Target {
  return from ?? { kind: 'table', table: meta.table }
}

/** What has to hold for the records of a query. */
export function whereOf({ meta, deleted, conditions }: Query): { readonly where?: Expression } {
  const all = [...scopeOf(meta, deleted), ...conditions]
  return all.length > 0 ? { where: and(...all) } : {}
}
