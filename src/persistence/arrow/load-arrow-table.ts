import type { ArrowLibrary, ArrowValue } from '../../connection/arrow-library.js'
import { columnsOf } from '../../query/aggregates/group-query.js'
import type { GroupedQuery } from '../../query/aggregates/grouped-query.js'
import { asStored, inColumns, type ColumnQuery, type NamedColumn } from '../../query/columns/column-rows.js'
import { columnTypeOf, type ColumnType } from '../../query/columns/column-type.js'
import type { Query } from '../../query/query.js'
import { BatchReader } from '../batch-reader.js'
import { loadAll } from '../load.js'
import { loadStoredGroups } from '../load-groups.js'
import type { Operation } from '../operation.js'
import { ArrowData } from './arrow-data.js'
import { arrowField } from './arrow-type.js'

/** What a query asks for, as one table of Arrow's. */
export function* loadArrowTable(query: Query, arrow: ArrowLibrary): Operation<ArrowValue> {
  const plain = inColumns(query, 'toArrow')
  return new ArrowRows(arrow, plain.meta.name, plain.rows.columns).table(yield* loadAll(asStored(plain)))
}

/** The same of groups. */
export function* loadArrowGroups(groups: GroupedQuery, arrow: ArrowLibrary): Operation<ArrowValue> {
  const rows = yield* loadStoredGroups(groups)
  return new ArrowRows(arrow, groups.records.meta.name, columnsOf(groups)).table(rows)
}

/** The rows of a query as batches of Arrow's, one at a time. */
export class ArrowBatches {
  readonly #reader: BatchReader
  readonly #rows: ArrowRows

  constructor(arrow: ArrowLibrary, query: Query, { method, size }: { readonly method: string; readonly size: number }) {
    const plain: ColumnQuery = inColumns(query, method)
    this.#reader = new BatchReader(asStored(plain), { method, size })
    this.#rows = new ArrowRows(arrow, plain.meta.name, plain.rows.columns)
  }

  /** The next batch; undefined at the end. */
  *next(): Operation<ArrowValue | undefined> {
    const rows = yield* this.#reader.next()
    return rows.length > 0 ? this.#rows.batch(rows) : undefined
  }
}

type Row = Readonly<Record<string, unknown>>

/** Makes batches of rows with the same columns. */
class ArrowRows {
  readonly #arrow: ArrowLibrary
  readonly #columns: readonly { readonly name: string; readonly type: ColumnType; readonly data: ArrowData }[]
  readonly #fields: readonly ArrowValue[]
  readonly #schema: ArrowValue

  constructor(arrow: ArrowLibrary, model: string, columns: readonly NamedColumn[]) {
    this.#arrow = arrow
    this.#columns = columns.map(({ name, field }) => ({
      name,
      type: columnTypeOf(field),
      data: new ArrowData(arrow, `${model}.${name}`),
    }))
    this.#fields = this.#columns.map(({ name, type }) => arrowField(arrow, name, type))
    this.#schema = new arrow.Schema(this.#fields)
  }

  table(rows: readonly unknown[]): ArrowValue {
    return new this.#arrow.Table(this.#schema, rows.length > 0 ? [this.batch(rows)] : [])
  }

  batch(rows: readonly unknown[]): ArrowValue {
    const { Struct, RecordBatch } = this.#arrow
    const children = this.#columns.map(({ name, type, data }) =>
      data.of(
        type,
        rows.map((row) => (row as Row)[name]),
      ),
    )
    const all = this.#arrow.makeData({ type: new Struct(this.#fields), length: rows.length, nullCount: 0, children })
    return new RecordBatch(this.#schema, all)
  }
}
