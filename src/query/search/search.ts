import { LookupError } from '../../errors.js'
import type { Expression } from '../../surrealql/nodes/expression.js'
import type { Column, IndexChoice, Order } from '../../surrealql/nodes/select-statement.js'
import type { Query } from '../query.js'

/** What a search says about each record it finds. */
export interface FoundValue {
  /** The property it becomes. */
  readonly name: string
  /** Where it stands in a row of the answer. */
  readonly column: string
  read(stored: unknown): unknown
}

/** One search: what it finds, what it says about it, and in which order. */
export interface SearchPart {
  /** What holds for what is found, when the engine may use these indexes. */
  condition(indexes: IndexChoice | undefined): Expression
  /** The indexes that the engine then is to use. Default: those that it may. */
  indexes?(indexes: IndexChoice | undefined): IndexChoice | undefined
  readonly columns: readonly Column[]
  readonly found: readonly FoundValue[]
  readonly order: Order
}

/** What finds the records of a query, and says something about each. */
export interface Search {
  readonly found: readonly FoundValue[]
  /** Columns of the answer that belong to no record. */
  readonly columns: readonly string[]
  /** One part alone, or several that are fused into one order. */
  readonly parts: readonly SearchPart[]
  /** How many records of each part are fused, and how much their places count. */
  readonly fusion?: { readonly count: number; readonly constant: number }
}

/** A value of the answer that is read as it is. */
export const asItIs = (stored: unknown): unknown => stored

/** A query that searches; in the order of what it finds, unless it has one. */
export function withSearch(query: Query, search: Search, order: Order): Query {
  const { name } = query.meta
  if (query.search)
    throw new LookupError('INVALID_VALUE', `${name}: a queryset has one search; hybrid() makes one of two.`)
  for (const found of search.found) checkName(query, found)
  if (query.orderBy.length > 0) return { ...query, search }
  // records that are found equally well have an order too, so that slices do not overlap
  return { ...query, search, orderBy: [order, { path: ['id'], direction: 'ASC' }] }
}

/** A query with a search of one part. */
export function withSearchPart(query: Query, part: SearchPart): Query {
  const columns = part.found.map(({ column }) => column)
  return withSearch(query, { found: part.found, columns, parts: [part] }, part.order)
}

function checkName({ meta }: Query, { name, column }: FoundValue): void {
  const isMember = meta.binding(name) !== undefined || meta.virtuals.includes(name)
  if (!isMember && !meta.bindings.some((binding) => binding.column === column)) return
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}.${name}: documents that a search finds have a property "${name}" of the search; name the field otherwise, with dbField: '${name}'.`,
  )
}
