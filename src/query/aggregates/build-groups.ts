import { and, idiom } from '../../surrealql/nodes/expression.js'
import type { Column, SelectStatement } from '../../surrealql/nodes/select-statement.js'
import { isObject } from '../../values.js'
import { buildSelect, withoutForm } from '../build-statements.js'
import { isSliced, type Query, type ReadColumn } from '../query.js'
import type { AggregateColumn, GroupedQuery } from './grouped-query.js'

/**
 * The SELECT of groups: what is gathered of each group, and round it, what becomes of that, as the engine calls no
 * function on what it gathered. A condition on the groups stands round both, as there is no HAVING.
 */
export function buildGroups(groups: GroupedQuery): SelectStatement {
  const { conditions, orderBy, limit, start } = groups
  const order = {
    ...(orderBy.length > 0 && { orderBy }),
    ...(limit !== undefined && { limit }),
    ...(start !== undefined && { start }),
  }
  const rows = rowsOf(groups)
  if (conditions.length === 0) return { ...rows, ...order }
  return {
    kind: 'select',
    projection: { kind: 'all' },
    from: { kind: 'select', select: rows },
    where: and(...conditions),
    ...order,
  }
}

/** The SELECT of the one row that all records give where there are none: of none, some servers make no group. */
export function buildGroupOfNone({ aggregates }: GroupedQuery): SelectStatement {
  const columns = aggregates.map(({ name, nothing, finish }): Column => ({ value: finish(nothing), alias: name }))
  return { kind: 'select', projection: { kind: 'columns', columns }, from: { kind: 'records', records: [{}] } }
}

/** The SELECT that counts groups; one row with the number under `total`. */
export function buildGroupCount(groups: GroupedQuery): SelectStatement {
  const select = buildGroups({ ...groups, orderBy: [] })
  return { kind: 'select', projection: { kind: 'count', alias: 'total' }, from: { kind: 'select', select } }
}

function rowsOf({ keys, aggregates, records }: GroupedQuery): SelectStatement {
  const mark = freeMark(keys, aggregates)
  const keyName = (index: number): string => `${mark}key${index}`
  const listName = (index: number): string => `${mark}list${index}`
  const columns: readonly Column[] = [
    ...keys.map(({ name }, index): Column => ({ value: idiom(keyName(index)), alias: name })),
    ...aggregates.map(({ name, finish }, index): Column => ({ value: finish(idiom(listName(index))), alias: name })),
  ]
  const values: readonly Column[] = [
    ...keys.map(({ value }, index): Column => ({ value, alias: keyName(index) })),
    ...aggregates.map(({ given }, index): Column => ({ value: given, alias: listName(index) })),
  ]
  const isInside = values.some(({ value }) => looksIntoLists(value))
  const gathered = values.map(({ value, alias }, index): Column => {
    const given = isInside ? idiom(alias!) : value
    return { value: aggregates[index - keys.length]?.gather(given) ?? given, alias: alias! }
  })
  const select: SelectStatement = {
    ...(isInside ? valuesOf(records, values) : recordsOf(records)),
    projection: { kind: 'columns', columns: gathered },
    groupBy: keys.length === 0 ? 'all' : keys.map((_, index) => [keyName(index)]),
  }
  return { kind: 'select', projection: { kind: 'columns', columns }, from: { kind: 'select', select } }
}

/** The engine takes a column for a key or a list that is called the same: what the names in between begin with, if need be. */
function freeMark(keys: readonly ReadColumn[], aggregates: readonly AggregateColumn[]): string {
  const heads = keys.map(({ value }) => (value.kind === 'idiom' ? String(value.path[0]) : ''))
  const taken = [...heads, ...keys.map(({ name }) => name), ...aggregates.map(({ name }) => name)]
  let mark = ''
  while (taken.some((name) => name.startsWith(`${mark}key`) || name.startsWith(`${mark}list`))) mark += '_'
  return mark
}

/** A grouped SELECT has no `$this`: what looks for items inside of lists does so before. */
function looksIntoLists(expression: unknown): boolean {
  if (!isObject(expression) || ('kind' in expression && expression.kind === 'value')) return false
  if ('kind' in expression && expression.kind === 'filtered') return true
  return Object.values(expression).some(looksIntoLists)
}

function valuesOf(query: Query, columns: readonly Column[]): SelectStatement {
  return selectFrom(buildSelect(withoutForm(query), { kind: 'columns', columns }))
}

/** What is sliced, ordered or split is so before it is grouped. */
function recordsOf(query: Query): SelectStatement {
  const select = buildSelect(withoutForm(query))
  return isSliced(query) || query.split || query.orderBy.length > 0 ? selectFrom(select) : select
}

function selectFrom(select: SelectStatement): SelectStatement {
  return { kind: 'select', projection: { kind: 'all' }, from: { kind: 'select', select } }
}
