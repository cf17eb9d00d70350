import { LookupError } from '../../errors.js'
import type { FieldBinding } from '../../fields/structure.js'
import { askedOf } from '../asked-of.js'
import { parseCondition } from '../parse-condition.js'
import type { AskedStructure } from '../find-place.js'
import { wholeNumber, type Query, type ReadColumn } from '../query.js'
import { readColumn } from '../row-form.js'
import type { Order } from '../../surrealql/nodes/select-statement.js'
import type { GroupedQuery } from './grouped-query.js'
import { parseAggregates } from './parse-aggregates.js'

/** All records as one group. */
export function oneGroup(records: Query): GroupedQuery {
  return { records, keys: [], aggregates: [], conditions: [], orderBy: [] }
}

/** A group for each value that the records have at these paths. */
export function groupBy(records: Query, paths: readonly string[]): GroupedQuery {
  if (paths.length === 0)
    throw new LookupError('INVALID_VALUE', `${records.meta.name}: groupBy() takes the names of fields; there is none.`)
  return { ...oneGroup(records), keys: [...new Set(paths)].map((path) => readColumn(askedOf(records), path)) }
}

/** Groups with more columns. */
export function withAggregates(groups: GroupedQuery, given: unknown): GroupedQuery {
  const taken = columnsOf(groups).map(({ name }) => name)
  return { ...groups, aggregates: [...groups.aggregates, ...parseAggregates(askedOf(groups.records), given, taken)] }
}

/** The groups for which a filter holds. */
export function having(groups: GroupedQuery, filter: unknown): GroupedQuery {
  const condition = parseCondition(structureOf(groups), filter)
  return condition ? { ...groups, conditions: [...groups.conditions, condition] } : groups
}

/** The groups in the order of columns of theirs. */
export function orderGroups(groups: GroupedQuery, terms: readonly unknown[]): GroupedQuery {
  return { ...groups, orderBy: terms.map((term) => orderOf(groups, term)) }
}

/** At most `limit` groups. */
export function limitGroups(groups: GroupedQuery, limit: number): GroupedQuery {
  return { ...groups, limit: wholeNumber(groups.records, 'limit', limit) }
}

/** Without the first `start` groups. */
export function startGroups(groups: GroupedQuery, start: number): GroupedQuery {
  return { ...groups, start: wholeNumber(groups.records, 'start', start) }
}

function orderOf(groups: GroupedQuery, term: unknown): Order {
  const isDescending = typeof term === 'string' && term.startsWith('-')
  const name = isDescending ? term.slice(1) : term
  const columns = columnsOf(groups).map((column) => column.name)
  if (typeof name === 'string' && columns.includes(name))
    return { path: [name], direction: isDescending ? 'DESC' : 'ASC' }
  throw new LookupError(
    'UNKNOWN_FIELD',
    `${groups.records.meta.name}: orderBy() of groups takes the names of their columns: ${columns.join(', ')}.`,
  )
}

/** The columns of the rows: what the groups have in common, then what was made of them. */
export function columnsOf({ keys, aggregates }: GroupedQuery): readonly Pick<ReadColumn, 'name' | 'field'>[] {
  return [...keys, ...aggregates]
}

/** The rows, as something that a filter can ask. */
function structureOf(groups: GroupedQuery): AskedStructure {
  const bindings = columnsOf(groups).map(({ name, field }): FieldBinding => ({ name, column: name, field }))
  return {
    name: `${groups.records.meta.name} groups`,
    bindings,
    binding: (name) => bindings.find((binding) => binding.name === name),
  }
}
