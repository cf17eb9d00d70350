import { LookupError } from '../errors.js'
import {
  and,
  binary,
  bound,
  call,
  constant,
  idiom,
  list,
  type BinaryOperator,
  type Expression,
} from '../surrealql/nodes/expression.js'
import type { Column, Order, Path, Projection, SelectStatement, Target } from '../surrealql/nodes/select-statement.js'
import type { Assignment, DeleteStatement, UpdateStatement } from '../surrealql/nodes/write-statement.js'
import { fetching } from './fetch-links.js'
import { RecordIdRange } from '../values.js'
import { findIds } from './find-ids.js'
import { indexedColumnsOf } from './indexed-columns.js'
import { isSliced, type Query } from './query.js'
import { scopeOf } from './scope.js'
import { searchSource } from './search/search-source.js'
import type { Search } from './search/search.js'

/** The SELECT of a query; with a projection, of something else than what becomes of its records. */
export function buildSelect(query: Query, projection?: Projection): SelectStatement {
  return projection ? selectOf(query, projection) : fetching(query, selectOf(query, projectionOf(query)))
}

function selectOf(query: Query, projection: Projection): SelectStatement {
  const { limit, start, split, timeout, tempFiles } = query
  const version = query.search ? undefined : query.version
  const select: SelectStatement = {
    kind: 'select',
    projection,
    ...(isReadOutside(query, projection) ? { from: recordsOf(query) } : sourceOf(query)),
    ...(isOrdered(query) && { orderBy: orderOf(query) }),
    ...given({ split, limit, start, version, timeout, tempFiles }),
  }
  return isOrdered(query) && projection.kind !== 'all' ? projectedOutside(query, select) : select
}

/** What `annotate()` made is a column of the rows already. */
function orderOf({ orderBy, annotations = [] }: Query): Query['orderBy'] {
  if (!Array.isArray(orderBy) || annotations.length === 0) return orderBy
  const isColumn = (path: Path): boolean => path.length === 1 && annotations.some(({ name }) => name === path[0])
  return (orderBy as readonly Order[]).map(({ value, ...term }) =>
    value === undefined || isColumn(term.path) ? term : { ...term, value },
  )
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

/** What each row of a query is made of. */
export function projectionOf(query: Query): Projection {
  const { rows, meta, search, fetch } = query
  switch (rows?.kind) {
    case undefined:
      return wholeRecord(query)
    case 'partial': {
      // what a document cannot be made, or saved, without
      const needed = [meta.discriminator?.column, meta.roles.version?.column].filter((column) => column !== undefined)
      const columns = ['id', ...needed, ...rows.only.map(columnOf)]
      const found = search?.found.map(({ column }) => column) ?? []
      const read = [...new Set([...columns, ...found])].map((column): Column => ({ value: idiom(column) }))
      return {
        kind: 'columns',
        columns: [...read, ...annotationsOf(query)],
      }
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
  const found: { [Name in keyof Clauses]?: Clauses[Name] } = {}
  for (const name in clauses) if (clauses[name] !== undefined) found[name] = clauses[name]
  return found as { [Name in keyof Clauses]?: Exclude<Clauses[Name], undefined> }
}

/**
 * UPDATE and DELETE have no LIMIT, and no search: a query with either names its records by a sub-select, and that stands in another one,
 * because ORDER BY needs the whole record.
 */
function writeTarget(query: Query, method: WriteMethod): Pick<UpdateStatement, 'target' | 'where' | 'computed'> {
  const records = withoutForm(query)
  if (isSliced(query) || query.search) {
    const from: Target = { kind: 'select', select: buildSelect(records) }
    const where = isFound(query.search)
    return {
      target: {
        kind: 'select',
        select: { kind: 'select', projection: { kind: 'value', value: idiom('id') }, from, ...(where && { where }) },
      },
    }
  }
  if (query.conditions.length === 0 && !query.allowAll) {
    throw new LookupError(
      'UNFILTERED_WRITE',
      `${query.meta.name}: ${method}() without a filter would touch every record; if that is meant, call .allowAll() first.`,
    )
  }
  // unlike SELECT, these look at every record even for one id
  const { from: target, where, computed } = sourceOf(query, ['IN', '='])
  return { target, ...(where && { where }), ...(computed && { computed }) }
}

/** Without its index, the engine finds every record, and nothing to say about it. */
function isFound(search: Search | undefined): Expression | undefined {
  return search && and(...search.found.map(({ column }) => binary(idiom(column), '!=', constant('NONE'))))
}

/** Whatever becomes of the records. */
export function withoutForm({ rows: _rows, fetch: _fetch, prefetch: _prefetch, ...records }: Query): Query {
  return records
}

/**
 * The engine gives no order to records that it reads by their ids, or by edges, in the same SELECT; and of those that it reads
 * by their ids, it gives nothing but the whole.
 */
function isReadOutside(query: Query, projection: Projection): boolean {
  const { from, fetch } = query
  // a range of ids has their order by itself
  if (from?.kind === 'records' && from.records instanceof RecordIdRange) return false
  if (from?.kind === 'records') return isOrdered(query) || projection.kind !== 'all' || fetch !== undefined
  return from?.kind === 'edges' && isOrdered(query)
}

function recordsOf(query: Query): Target {
  return { kind: 'select', select: { kind: 'select', projection: { kind: 'all' }, ...sourceOf(query) } }
}

type Source = Pick<SelectStatement, 'from' | 'indexes' | 'computed' | 'where'>

function sourceOf(query: Query, operators: readonly BinaryOperator[] = ['IN']): Source {
  const { indexes, from, meta, search } = query
  const found = from || search ? undefined : findIds(query.conditions, operators)
  const conditions = found?.rest ?? query.conditions
  const indexed = indexedColumnsOf(meta)
  const target: Target = from ?? {
    kind: 'table',
    table: meta.table,
    ...(found && { ids: found.ids }),
    ...(indexed.length > 0 && { indexed }),
  }
  if (search) {
    const found = searchSource(search, { query, from: target, conditions: conditionsOf(query) })
    return { from: found, ...(query.foundWhere && { where: query.foundWhere }) }
  }
  return { from: target, ...(indexes && { indexes }), ...computedOf(query), ...whereOf({ ...query, conditions }) }
}

export function computedOf({ meta: { computed } }: Query): { readonly computed?: readonly string[] } {
  return computed.length > 0 ? { computed } : {}
}

function conditionsOf({ meta, deleted, conditions }: Query): readonly Expression[] {
  return [...scopeOf(meta, deleted), ...conditions]
}

export function whereOf(query: Query): { readonly where?: Expression } {
  const all = conditionsOf(query)
  return all.length > 0 ? { where: and(...all) } : {}
}
