import { buildGroupCount, buildGroupOfNone, buildGroups } from '../query/aggregates/build-groups.js'
import { columnsOf, oneGroup, withAggregates } from '../query/aggregates/group-query.js'
import type { GroupedQuery } from '../query/aggregates/grouped-query.js'
import type { Query } from '../query/query.js'
import { selectOr } from './select-or.js'
import { execute, type Operation } from './operation.js'

type Row = Readonly<Record<string, unknown>>

/** The rows of groups. */
export function* loadGroups(groups: GroupedQuery): Operation<readonly Row[]> {
  return (yield* loadStoredGroups(groups)).map((row) => readRow(groups, row))
}

/** The same as the database has them. */
export function* loadStoredGroups(groups: GroupedQuery): Operation<readonly Row[]> {
  return (yield* selectOr(buildGroups(groups), [])) as readonly Row[]
}

/** The only row of all records; what is made of none, where there is none. */
export function* loadOneGroup(groups: GroupedQuery): Operation<Row> {
  const [row] = (yield* selectOr(buildGroups(groups), [])) as readonly (Row | undefined)[]
  if (row) return readRow(groups, row)
  const [ofNone] = (yield* execute(buildGroupOfNone(groups))) as readonly [Row]
  return readRow(groups, ofNone)
}

/** One value that is made of all records. */
export function* aggregateOne(records: Query, aggregate: unknown): Operation<unknown> {
  const { value } = yield* loadOneGroup(withAggregates(oneGroup(records), { value: aggregate }))
  return value
}

/** The first row of groups; null when there is none. */
export function* loadFirstGroup(groups: GroupedQuery): Operation<Row | null> {
  const [first] = yield* loadGroups({ ...groups, limit: Math.min(1, groups.limit ?? 1) })
  return first ?? null
}

/** How many groups there are. */
export function* countGroups(groups: GroupedQuery): Operation<number> {
  const [row] = (yield* selectOr(buildGroupCount(groups), [])) as readonly { total?: number }[]
  return row?.total ?? 0
}

function readRow(groups: GroupedQuery, row: Row): Row {
  return Object.fromEntries(columnsOf(groups).map(({ name, field }) => [name, field.fromDatabase(row[name])]))
}
