import { loadCursorPage } from '../../persistence/cursor.js'
import { BatchReader } from '../../persistence/batch-reader.js'
import { paginate } from '../../persistence/paginate.js'
import type { CursorOptions, CursorPage, Page, PageOptions } from '../../query/pages.js'
import type { HttpQuery } from '../../query/grid/http-query.js'
import { parseGrid, type GridPage } from '../../query/grid/parse-grid.js'
import type { CheckPaths, PathName } from '../../query/lookup-types.js'
import type { Asked } from '../../query/row-types.js'
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

/** What the query of a URL may ask for: nothing that is not named here. */
export interface GridOptions<Searchable, Filterable, Sortable> {
  /** The texts that `search=ann` looks into, in any case of the letters. */
  readonly searchable?: Searchable
  /** What may be filtered, each with all the lookups of its field: `price=3`, `price__gte=3`. */
  readonly filterable?: Filterable
  /** What `sort=-price,name` may order by. */
  readonly sortable?: Sortable
  /** Rows on a page that says nothing of it. Default: 25. */
  readonly perPage?: number
  /** The most rows that `perPage=50` may ask for. Default: 100. */
  readonly maxPerPage?: number
}

/** What the query of a URL asks for. */
export interface Grid<Records> {
  readonly queryset: Records
  /** For `queryset.paginate(page)`. */
  readonly page: GridPage
}

type Paths<Model> = readonly PathName<Model>[]

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
    return await this.read(paginate(this.query, options))
  }

  /** {@link paginate}, blocking. */
  paginateSync(options: PageOptions): Page<Row> {
    return this.readSync(paginate(this.query, options))
  }

  /**
   * The rows behind a cursor, or before it, with the cursors to go on from; one round trip. Rows that are inserted or deleted
   * meanwhile move no other row to another page. A cursor holds the values that the row is ordered by, readably: it is no
   * secret. Not for `orderByRandom` and `split`: a LookupError, as is a text that is no cursor of this order.
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
    return await this.read(loadCursorPage(this.query, options))
  }

  /** {@link cursor}, blocking. */
  cursorSync(options: CursorOptions): CursorPage<Row> {
    return this.readSync(loadCursorPage(this.query, options))
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

  /**
   * What a table in a browser asks for in its URL, `?search=ann&price__gte=3&sort=-price&page=2&perPage=50`: the narrowed
   * queryset, and the page of it, for {@link paginate}. Names are compared with those that are allowed, and texts are read
   * as values of their fields; an order of the queryset stays when the URL has none. A name that is not allowed is a
   * LookupError, and what is no value of its field is a ValidationError with an issue for each.
   *
   * @example
   * ```ts
   * import { Collection, Document, FloatField, StringField } from 'surrealengine'
   *
   * @Collection('grid_example')
   * class Product extends Document<Product>() {
   *   @StringField() name?: string
   *   @FloatField() price?: number
   * }
   * const { searchParams } = new URL('https://shop.example/products?search=tea&price__lte=9.5&sort=-price&page=2')
   * const { queryset, page } = Product.objects.grid(searchParams, {
   *   searchable: ['name'],
   *   filterable: ['price'],
   *   sortable: ['name', 'price'],
   * })
   * queryset.toSurrealQL() // await queryset.paginate(page) is the page
   * ```
   * ```surql
   * SELECT * FROM `grid_example` WHERE ((type::is_string(`name`) AND string::contains(string::lowercase(`name`), string::lowercase($p0))) AND (((`price` >= false) AND (`price` < $p1)) OR (`price` = $p2))) ORDER BY `price` DESC
   * ```
   */
  grid<
    const Searchable extends Paths<Asked<Model, Row>> = [],
    const Filterable extends Paths<Asked<Model, Row>> = [],
    const Sortable extends Paths<Asked<Model, Row>> = [],
  >(
    http: HttpQuery,
    allowed: GridOptions<
      Searchable & CheckPaths<Asked<Model, Row>, Searchable>,
      Filterable & CheckPaths<Asked<Model, Row>, Filterable>,
      Sortable & CheckPaths<Asked<Model, Row>, Sortable>
    >,
  ): Grid<this> {
    const { query, page } = parseGrid(this.query, http, allowed)
    return { queryset: this.with(query), page }
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
