import { loadCursorPage } from '../../persistence/cursor.js'
import { BatchReader } from '../../persistence/iterate.js'
import { paginate } from '../../persistence/paginate.js'
import type { CursorOptions, CursorPage, Page, PageOptions } from '../../query/pages.js'
import { RowReader } from './row-reader.js'

/** How `iterate` asks for the rows. */
export interface IterateOptions {
  /** Rows in one round trip. Default: 1000. */
  readonly batchSize?: number
}

/** How `batches` asks for the rows. */
export interface BatchOptions {
  /** Rows in one batch, and in one round trip. Default: 1000. */
  readonly size?: number
}

const BATCH_SIZE = 1000

/** What reads the records a part at a time. */
export abstract class PageReader<Model, Row> extends RowReader<Model, Row> implements AsyncIterable<Row> {
  /**
   * A numbered page, counted from 1, with the number of rows and pages; one round trip. Where the order leaves two records
   * equal, their ids decide. Rows that are inserted or deleted meanwhile move the others to other pages; see {@link cursor}.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('paginate_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const { items, total, hasNext } = await Person.objects.orderBy('name').paginate({ page: 1, perPage: 20 })
   * await connection.close()
   * ```
   * ```surql
   * SELECT count() AS `total` FROM `paginate_example` GROUP ALL;
   * SELECT * FROM `paginate_example` ORDER BY `name` ASC, `id` ASC LIMIT $p0 START $p1
   * ```
   */
  async paginate(options: PageOptions): Promise<Page<Row>> {
    return await this.run(paginate(this.query, options))
  }

  /** {@link paginate}, blocking. */
  paginateSync(options: PageOptions): Page<Row> {
    return this.runSync(paginate(this.query, options))
  }

  /**
   * The rows behind a cursor, or before it, with the cursors to go on from; one round trip. Rows that are inserted or deleted
   * meanwhile move no other row to another page. A cursor holds the values that the row is ordered by, readably: it is no
   * secret. Not for `orderByRandom`, `split`, `collate` and `numeric`: a LookupError, as is a text that is no cursor of this order.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('cursor_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const people = Person.objects.orderBy('name')
   * const page = await people.cursor({ first: 20 })
   * const next = await people.cursor({ first: 20, after: page.endCursor })
   * await connection.close()
   * ```
   * ```surql
   * SELECT *, [`name`, `id`] AS `$key` FROM `cursor_example` WHERE ([`name`, `id`] > [$p0, $p1]) ORDER BY `name` ASC, `id` ASC LIMIT $p2;
   * SELECT VALUE true FROM `cursor_example` WHERE !([`name`, `id`] > [$p3, $p4]) LIMIT $p5
   * ```
   */
  async cursor(options: CursorOptions): Promise<CursorPage<Row>> {
    return await this.run(loadCursorPage(this.query, options))
  }

  /** {@link cursor}, blocking. */
  cursorSync(options: CursorOptions): CursorPage<Row> {
    return this.runSync(loadCursorPage(this.query, options))
  }

  /**
   * All rows, one after the other, however many there are: a batch of them is in memory at a time, and nothing stays open in
   * between. Rows that are inserted or deleted meanwhile make none come twice. Without an order, it is that of the ids; not
   * for the orders that {@link cursor} refuses.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('iterate_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * for await (const person of Person.objects.iterate({ batchSize: 500 })) console.log(person.name)
   * await connection.close()
   * ```
   * ```surql
   * SELECT *, [`id`] AS `$key` FROM `iterate_example` ORDER BY `id` ASC LIMIT $p0
   * ```
   */
  iterate({ batchSize = BATCH_SIZE }: IterateOptions = {}): AsyncGenerator<Row, void, undefined> {
    return this.#rows(new BatchReader(this.query, { method: 'iterate', size: batchSize }))
  }

  /** {@link iterate}, blocking: `for (const person of Person.objects.iterateSync())`. */
  iterateSync({ batchSize = BATCH_SIZE }: IterateOptions = {}): Generator<Row, void, undefined> {
    return this.#rowsSync(new BatchReader(this.query, { method: 'iterateSync', size: batchSize }))
  }

  /** All rows, a list of at most `size` at a time; see {@link iterate}. */
  batches({ size = BATCH_SIZE }: BatchOptions = {}): AsyncGenerator<Row[], void, undefined> {
    return this.#batches(new BatchReader(this.query, { method: 'batches', size }))
  }

  /** {@link batches}, blocking. */
  batchesSync({ size = BATCH_SIZE }: BatchOptions = {}): Generator<Row[], void, undefined> {
    return this.#batchesSync(new BatchReader(this.query, { method: 'batchesSync', size }))
  }

  /** `for await (const person of Person.objects)`: {@link iterate}. */
  [Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    return this.iterate()
  }

  async *#rows(reader: BatchReader): AsyncGenerator<Row, void, undefined> {
    for await (const batch of this.#batches(reader)) yield* batch
  }

  *#rowsSync(reader: BatchReader): Generator<Row, void, undefined> {
    for (const batch of this.#batchesSync(reader)) yield* batch
  }

  async *#batches(reader: BatchReader): AsyncGenerator<Row[], void, undefined> {
    const next = (): Promise<Row[]> => this.run(reader.next())
    for (let batch = await next(); batch.length > 0; batch = await next()) yield batch
  }

  *#batchesSync(reader: BatchReader): Generator<Row[], void, undefined> {
    const next = (): Row[] => this.runSync(reader.next())
    for (let batch = next(); batch.length > 0; batch = next()) yield batch
  }
}
