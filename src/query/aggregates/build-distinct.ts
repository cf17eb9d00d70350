import { LookupError } from '../../errors.js'
import { idiom } from '../../surrealql/nodes/expression.js'
import type { Order, Path, SelectStatement } from '../../surrealql/nodes/select-statement.js'
import type { Query, ReadColumn, RowForm } from '../query.js'
import { buildGroups } from './build-groups.js'
import type { GroupedQuery } from './grouped-query.js'

/** Rows of which each is there once. */
export type DistinctForm = Extract<RowForm, { readonly isDistinct?: boolean }>

/** What becomes of the records when each row is wanted once; undefined when it is not. */
export function distinctForm({ rows }: Query): DistinctForm | undefined {
  return (rows?.kind === 'plain' || rows?.kind === 'value') && rows.isDistinct ? rows : undefined
}

/** The SELECT of rows of which each is there once: a group for each. They are ordered and cut when they are. */
export function buildDistinct(query: Query, form: DistinctForm): SelectStatement {
  const select = buildDistinctGroups(query, form)
  if (form.kind === 'plain') return select
  return {
    kind: 'select',
    projection: { kind: 'value', value: idiom(form.column.name) },
    from: { kind: 'select', select },
  }
}

/** The same rows as groups: as values, some servers would not count those that are missing. */
export function buildDistinctGroups(query: Query, form: DistinctForm): SelectStatement {
  return buildGroups(groupsOf(query, form.kind === 'plain' ? form.columns : [form.column]))
}

/** Groups of the rows that are the same in these columns. */
function groupsOf(query: Query, columns: readonly ReadColumn[]): GroupedQuery {
  const { orderBy, limit, start, ...records } = query
  return {
    records: { ...records, orderBy: [] },
    keys: columns,
    aggregates: [],
    conditions: [],
    orderBy: orderBy === 'random' ? orderBy : orderBy.map((order) => orderOf(query, order, columns)),
    ...(limit !== undefined && { limit }),
    ...(start !== undefined && { start }),
  }
}

function orderOf({ meta }: Query, { value, ...order }: Order, columns: readonly ReadColumn[]): Order {
  const column = columns.find(
    (column) =>
      (value && isSamePath([column.name], order.path)) ||
      (column.value.kind === 'idiom' && isSamePath(column.value.path, order.path)),
  )
  if (column) return { ...order, path: [column.name] }
  const names = columns.map(({ name }) => name).join(', ')
  throw new LookupError(
    'UNKNOWN_FIELD',
    `${meta.name}: distinct() leaves only what the rows hold to order them by: ${names}.`,
  )
}

function isSamePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index])
}
