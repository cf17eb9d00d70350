import { LookupError } from '../errors.js'
import {
  binary,
  bound,
  call,
  idiom,
  list,
  and,
  or,
  not,
  type Expression,
  type FunctionName,
} from '../surrealql/nodes/expression.js'
import { isRandom } from '../surrealql/nodes/mentions.js'
import type { Column, Order, Projection, SelectStatement, Target } from '../surrealql/nodes/select-statement.js'
import { BoundExcluded, BoundIncluded, RecordIdRange, type RecordId } from '../values.js'
import { distinctForm } from './aggregates/build-distinct.js'
import { buildSelect, projectionOf } from './build-statements.js'
import { fetching } from './fetch-links.js'
import { withConditions, type Query } from './query.js'

/** The place of a record in its order: a value for each term, as the database stores it, and the id. */
export type Key = readonly unknown[]

/** A query whose order tells every two records apart. */
export interface OrderedQuery extends Query {
  readonly orderBy: readonly Order[]
}

/** The columns that rows come with when their keys are asked for; no field is called so. */
export const KEY_COLUMN = '$key'
export const VALUE_COLUMN = '$value'

/** The query in an order that tells every two records apart: the id decides where nothing else does. */
export function inTotalOrder(query: Query, method: string): OrderedQuery {
  const { orderBy } = query
  if (orderBy === 'random' || orderBy.some(({ value }) => isRandom(value)))
    throw refused(query, method, 'an order that is another one each time has no pages; leave out what is random')
  if (orderBy.some(isById)) return { ...query, orderBy }
  return { ...query, orderBy: [...orderBy, ...restOfOrder(query)] }
}

/** What decides where nothing else does: the id, or of rows that are there once each, all that they hold. */
function restOfOrder(query: Query): readonly Order[] {
  const form = distinctForm(query)
  if (!form) return [{ path: ['id'], direction: 'ASC' }]
  const columns = form.kind === 'value' ? [form.column] : form.columns
  return columns.map(({ name, value }) => ({ path: [name], value, direction: 'ASC' }))
}

/** The same, of a query whose order the database can compare with the place of a record. */
export function inComparableOrder(query: Query, method: string): OrderedQuery {
  const ordered = inTotalOrder(query, method)
  if (query.split) throw refused(query, method, 'the rows of split() have no id of their own; leave it out')
  if (distinctForm(query))
    throw refused(query, method, 'the rows of distinct() have no id of their own; take paginate(), or all()')
  return ordered
}

/** The same records in the opposite order. */
export function reversed(query: OrderedQuery): OrderedQuery {
  const orderBy = query.orderBy.map((term): Order => ({ ...term, direction: isDescending(term) ? 'ASC' : 'DESC' }))
  return { ...query, orderBy }
}

/** The records behind a place. */
export function behind(query: OrderedQuery, key: Key): Query {
  if (isRangeOfIds(query)) return withIds(query, { from: new BoundExcluded((key[0] as RecordId).id) })
  return withPlaces(query, isBehind(query, key))
}

/** The records up to a place, its own included. */
export function upTo(query: OrderedQuery, key: Key): Query {
  if (isRangeOfIds(query)) return withIds(query, { to: new BoundIncluded((key[0] as RecordId).id) })
  return withPlaces(query, not(isBehind(query, key)))
}

/** Of a search, the places are those of what it found. */
function withPlaces(query: OrderedQuery, condition: Expression): Query {
  if (!query.search) return withConditions(query, [condition])
  return { ...query, foundWhere: query.foundWhere ? and(query.foundWhere, condition) : condition }
}

/** The SELECT that gives each row with its key. */
export function buildKeyedSelect(query: Query, { orderBy }: OrderedQuery): SelectStatement {
  const key: Column = { value: list(...orderBy.map(valueOf)), alias: KEY_COLUMN }
  return fetching(query, buildSelect(query, withKey(projectionOf(query), key)))
}

function withKey(projection: Projection, key: Column): Projection {
  switch (projection.kind) {
    case 'all':
      return { ...projection, also: [...(projection.also ?? []), key] }
    case 'columns':
      return { kind: 'columns', columns: [...projection.columns, key] }
    case 'value':
      return { kind: 'columns', columns: [{ value: projection.value, alias: VALUE_COLUMN }, key] }
    case 'count':
      return projection
    default:
      return projection satisfies never
  }
}

/** Where nothing but the ids decides, the database reads from the place on, and nothing before it. */
function isRangeOfIds({ orderBy, from, indexes, search }: OrderedQuery): boolean {
  return isById(orderBy[0]!) && from === undefined && indexes === undefined && search === undefined
}

type IdBound = BoundExcluded<unknown> | BoundIncluded<unknown>

function withIds(query: OrderedQuery, { from, to }: { readonly from?: IdBound; readonly to?: IdBound }): Query {
  const [begin, end] = isDescending(query.orderBy[0]!) ? [to, from] : [from, to]
  const records = new RecordIdRange(query.meta.table, begin as never, end as never)
  const target: Target = { kind: 'records', records }
  return { ...query, from: target }
}

/**
 * `[age, id] > [$age, $id]`: lists are compared item by item, in the order that ORDER BY has. That no index can answer it is
 * meant: some engines lose records without a value in an index, and list those with a list several times.
 */
function isBehind({ orderBy }: OrderedQuery, key: Key): Expression {
  const runs = runsOf(orderBy, key)
  const ways = runs.map((run, index) => {
    const before = runs.slice(0, index).map(({ values, places }) => binary(values, '=', places))
    return and(...before, isPast(run))
  })
  return or(...ways)
}

interface Run {
  readonly isDescending: boolean
  /** What sorts lists as the order does, where operators compare in another way; of one term alone. */
  readonly sort: FunctionName | undefined
  readonly values: Expression
  readonly places: Expression
}

/** What is sorted and comes first is the smaller one; two values are equal only when they are the same. */
function isPast({ isDescending, sort, values, places }: Run): Expression {
  if (!sort) return binary(values, isDescending ? '<' : '>', places)
  const smaller = list(call('array::first', call(sort, call('array::concat', values, places))))
  return and(binary(smaller, '=', isDescending ? values : places), binary(values, '!=', places))
}

/** Texts are sorted as `ORDER BY … COLLATE NUMERIC` does; everything else as without. */
function sortOf({ collate, numeric }: Order): FunctionName | undefined {
  if (collate && numeric) return 'array::sort_natural_lexical'
  return collate ? 'array::sort_lexical' : numeric ? 'array::sort_natural' : undefined
}

/** The terms as lists, each of neighbours with one direction, that operators can compare. */
function runsOf(orderBy: readonly Order[], key: Key): readonly Run[] {
  const isNext = (term: Order, before: Order | undefined): boolean =>
    before !== undefined && term.direction === before.direction && !sortOf(term) && !sortOf(before)
  const starts = orderBy.flatMap((term, index) => (isNext(term, orderBy[index - 1]) ? [] : [index]))
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? orderBy.length
    return {
      isDescending: isDescending(orderBy[start]!),
      sort: sortOf(orderBy[start]!),
      values: list(...orderBy.slice(start, end).map(valueOf)),
      places: list(...key.slice(start, end).map(placeOf)),
    }
  })
}

/** In a filter, the engine takes a bound set for another one than the same that is stored, unless it is told that it is a set. */
function placeOf(value: unknown): Expression {
  return value instanceof Set ? call('type::set', bound(value)) : bound(value)
}

function valueOf({ path, value }: Order): Expression {
  return value ?? idiom(...path)
}

function isById({ path }: Order): boolean {
  return path.length === 1 && path[0] === 'id'
}

function isDescending({ direction }: Order): boolean {
  return direction === 'DESC'
}

function refused({ meta }: Query, method: string, why: string): LookupError {
  return new LookupError('INVALID_VALUE', `${meta.name}: ${method}(): ${why}.`)
}
