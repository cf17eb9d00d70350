import { LookupError } from '../../errors.js'
import type { ModelMeta } from '../../schema/model-meta.js'
import { idiom } from '../../surrealql/nodes/expression.js'
import type { Order } from '../../surrealql/nodes/select-statement.js'
import { askedOf } from '../asked-of.js'
import type { Query, ReadColumn } from '../query.js'
import type { FoundValue, Search, SearchPart } from './search.js'

/** A query that searches; in the order of what it finds, unless it has one. */
export function withSearch(query: Query, search: Search, order: Order): Query {
  const { name } = query.meta
  if (query.search)
    throw new LookupError('INVALID_VALUE', `${name}: a queryset has one search; hybrid() makes one of two.`)
  for (const found of search.found) checkName(query, found)
  const searched = { ...query, search, ...rowsWith(query, search.found) }
  if (query.orderBy.length > 0) return searched
  // records that are found equally well have an order too, so that slices do not overlap
  return { ...searched, orderBy: [order, { path: ['id'], direction: 'ASC' }] }
}

/** Plain rows with what is found besides. */
function rowsWith({ meta, rows }: Query, found: readonly FoundValue[]): Pick<Query, 'rows'> {
  if (rows?.kind === 'value')
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: a value alone comes with nothing; call the search before pluck().`,
    )
  if (rows?.kind !== 'plain') return {}
  const columns = found.map(({ name, column, field }): ReadColumn => ({ name, value: idiom(column), field }))
  return { rows: { ...rows, columns: [...rows.columns, ...columns] } }
}

/** A query with a search of one part. */
export function withSearchPart(query: Query, part: SearchPart): Query {
  const columns = part.found.map(({ column }) => column)
  return withSearch(query, { found: part.found, columns, parts: [part] }, part.order)
}

function checkName(query: Query, { name, column }: FoundValue): void {
  const { meta, prefetch = [] } = query
  const isTaken = askedOf(query).bindings.some((binding) => binding.name === name || binding.column === column)
  if (isTaken || meta.isMember(name) || prefetch.some((each) => each.name === name)) throw nameTaken(meta, name)
}

/** The error for a property of a search that documents have already. */
export function nameTaken(meta: ModelMeta, name: string): LookupError {
  return new LookupError(
    'INVALID_VALUE',
    `${meta.name}.${name}: documents that a search finds have a property "${name}" of the search; name the field otherwise, with dbField: '${name}'.`,
  )
}
