import type { GroupedQuery } from '../query/aggregates/grouped-query.js'
import { columnsOf } from '../query/aggregates/group-query.js'
import { columnsOfRows, inColumns } from '../query/columns/column-rows.js'
import type { Query } from '../query/query.js'
import { BatchReader } from './batch-reader.js'
import { loadAll } from './load.js'
import { loadGroups } from './load-groups.js'
import type { Operation } from './operation.js'

/** The values of all rows, by their names. */
export type Columns = Record<string, unknown[]>

/** What a query asks for, as one list of values for each column. */
export function* loadColumns(query: Query): Operation<Columns> {
  const plain = inColumns(query, 'toColumns')
  return columnsOfRows(
    plain.rows.columns.map(({ name }) => name),
    yield* loadAll(plain),
  )
}

/** The same of groups. */
export function* loadGroupColumns(groups: GroupedQuery): Operation<Columns> {
  return columnsOfRows(
    columnsOf(groups).map(({ name }) => name),
    yield* loadGroups(groups),
  )
}

/** The columns of a query, a batch of rows at a time. */
export class ColumnBatches {
  readonly #reader: BatchReader
  readonly #names: readonly string[]

  constructor(query: Query, { method, size }: { readonly method: string; readonly size: number }) {
    const plain = inColumns(query, method)
    this.#reader = new BatchReader(plain, { method, size })
    this.#names = plain.rows.columns.map(({ name }) => name)
  }

  /** The next batch; undefined at the end. */
  *next(): Operation<Columns | undefined> {
    const rows = yield* this.#reader.next()
    return rows.length > 0 ? columnsOfRows(this.#names, rows) : undefined
  }
}
