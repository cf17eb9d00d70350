import { ArrowBatches, loadArrowTable } from '../../persistence/arrow/load-arrow-table.js'
import { ColumnBatches, loadColumns } from '../../persistence/columns.js'
import type { ColumnsOf } from '../../query/columns/columns-of.js'
import { libraryIn, type ArrowOptions } from '../arrow-options.js'
import type { ArrowBatch, ArrowTable } from '../arrow-types.js'
import { AggregateReader } from './aggregate-reader.js'
import type { BatchOptions } from './page-reader.js'

/** What `arrowBatches` can be told. */
export interface ArrowBatchOptions extends ArrowOptions, BatchOptions {}

const BATCH_SIZE = 1000

/** What gives the values of many records by column: for statistics, charts, and other tables. */
export abstract class ColumnReader<Model, Row> extends AggregateReader<Model, Row> {
  /**
   * The values of all rows, one list for each field or each name of `values()`; all lists are as long as there are rows.
   * What is missing is undefined or null in its place. After `pluck()`, `fetch()` and `prefetch()` it is a LookupError.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, IntField, StringField } from 'surrealengine'
   *
   * @Collection('to_columns_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   *   @IntField() age?: number
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const { name, age } = await Person.objects.values('name', 'age').toColumns()
   * await connection.close()
   * ```
   * ```surql
   * SELECT `name` AS `name`, `age` AS `age` FROM `to_columns_example`
   * ```
   */
  async toColumns<Shown = Row>(): Promise<ColumnsOf<Shown>> {
    return await this.read(loadColumns(this.query))
  }

  /** {@link toColumns}, blocking. */
  toColumnsSync<Shown = Row>(): ColumnsOf<Shown> {
    return this.readSync(loadColumns(this.query))
  }

  /** {@link toColumns} of at most `size` rows at a time, in constant memory; see {@link iterate}. */
  columnBatches<Shown = Row>({ size = BATCH_SIZE }: BatchOptions = {}): AsyncGenerator<
    ColumnsOf<Shown>,
    void,
    undefined
  > {
    return this.#parts(new ColumnBatches(this.query, { method: 'columnBatches', size }))
  }

  /** {@link columnBatches}, blocking. */
  columnBatchesSync<Shown = Row>({ size = BATCH_SIZE }: BatchOptions = {}): Generator<
    ColumnsOf<Shown>,
    void,
    undefined
  > {
    return this.#partsSync(new ColumnBatches(this.query, { method: 'columnBatchesSync', size }))
  }

  /**
   * The rows as a table of Apache Arrow, with the columns of {@link toColumns} and the types of their fields, which are
   * listed in docs/columns.md. It needs the package `apache-arrow`; without it, it is a ConfigurationError. A stored value
   * that is none of its field is a DatabaseError.
   *
   * @example
   * ```ts
   * import { tableToIPC } from 'apache-arrow'
   * import { Collection, createConnection, Document, IntField, StringField } from 'surrealengine'
   *
   * @Collection('to_arrow_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   *   @IntField() age?: number
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const table = await Person.objects.values('name', 'age').toArrow()
   * const file = tableToIPC(table, 'file')
   * await connection.close()
   * ```
   * ```surql
   * SELECT `name` AS `name`, `age` AS `age` FROM `to_arrow_example`
   * ```
   */
  async toArrow(options?: ArrowOptions): Promise<ArrowTable> {
    return await this.read<ArrowTable>(loadArrowTable(this.query, libraryIn(options)))
  }

  /** {@link toArrow}, blocking. */
  toArrowSync(options?: ArrowOptions): ArrowTable {
    return this.readSync<ArrowTable>(loadArrowTable(this.query, libraryIn(options)))
  }

  /** {@link toArrow} as record batches of at most `size` rows, in constant memory; see {@link iterate}. */
  arrowBatches({ size = BATCH_SIZE, ...options }: ArrowBatchOptions = {}): AsyncGenerator<ArrowBatch, void, undefined> {
    return this.#parts(new ArrowBatches(libraryIn(options), this.query, { method: 'arrowBatches', size }))
  }

  /** {@link arrowBatches}, blocking. */
  arrowBatchesSync({ size = BATCH_SIZE, ...options }: ArrowBatchOptions = {}): Generator<ArrowBatch, void, undefined> {
    return this.#partsSync(new ArrowBatches(libraryIn(options), this.query, { method: 'arrowBatchesSync', size }))
  }

  async *#parts<Part>(reader: ColumnBatches | ArrowBatches): AsyncGenerator<Part, void, undefined> {
    const next = (): Promise<Part | undefined> => this.run(reader.next())
    for (let part = await next(); part !== undefined; part = await next()) yield part
  }

  *#partsSync<Part>(reader: ColumnBatches | ArrowBatches): Generator<Part, void, undefined> {
    const next = (): Part | undefined => this.runSync(reader.next())
    for (let part = next(); part !== undefined; part = next()) yield part
  }
}
