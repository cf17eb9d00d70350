import { bulkUpdate } from '../../persistence/bulk-update.js'
import { atRow } from '../../persistence/bulk-report.js'
import { createMany, type CreatedMany, type NewRow } from '../../persistence/create-many.js'
import type { StatefulDocument } from '../../persistence/document-state.js'
import { getOrCreate, updateOrCreate, type Sought } from '../../persistence/get-or-create.js'
import { inBulk } from '../../persistence/in-bulk.js'
import { save } from '../../persistence/save.js'
import type { Operation } from '../../persistence/operation.js'
import { upsert } from '../../persistence/upsert.js'
import type { FieldName, UpdateFields } from '../../query/lookup-types.js'
import type { RecordId, RecordKey } from '../../values.js'
import { raw } from '../../persistence/raw.js'
import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import type { DocumentFields } from '../document-types.js'
import type { QuerySetParts } from './query-builder.js'
import { QuerySet } from './query-set.js'

/** What `bulkCreate` can be told. */
export interface BulkOptions<Model = unknown> {
  /** Documents in one round trip, at most; fewer where they are large. Default: 1000. */
  readonly batchSize?: number
  /**
   * What becomes of a row whose id, or whose value of a unique index, is taken: `error` (default) makes it a failure,
   * `ignore` leaves the record as it is, `update` sets fields of the record.
   */
  readonly onConflict?: 'error' | 'ignore' | 'update'
  /** The fields that `onConflict: 'update'` sets. Default: those that the row gives. */
  readonly updateFields?: readonly FieldName<Model>[]
  /** All rows are stored, or none; they are sent as one transaction, in one round trip. */
  readonly atomic?: boolean
}

type IgnoringConflicts<Model> = BulkOptions<Model> & { readonly onConflict: 'ignore' }

/** The documents that are stored, in the order of their rows. */
export type BulkCreated<Model> = Model[] & {
  /** The places of the rows that `onConflict: 'ignore'` left out. */
  readonly ignored: readonly number[]
}

/** What `getOrCreate` and `updateOrCreate` give. */
export interface GotOrCreated<Model> {
  readonly document: Model
  /** Whether it was made by this call. */
  readonly created: boolean
}

/** What `raw` can be told. */
interface RawOptions {
  /** The rows as they come, instead of documents. */
  readonly plain?: boolean
}

/** Makes a new document of the model. */
type MakeDocument = (fields: object) => StatefulDocument

/** `User.objects`: all records of a model, to start a query from. */
export class Manager<Model> extends QuerySet<Model> {
  readonly #make: MakeDocument

  /** @internal Use `User.objects`. */
  constructor(make: MakeDocument, parts: QuerySetParts) {
    super(parts)
    this.#make = make
  }

  /** Makes a document and saves it, like `User.create`. */
  async create(fields: DocumentFields<Model>): Promise<Model> {
    return await this.run(this.#create(fields))
  }

  /** {@link create}, blocking. */
  createSync(fields: DocumentFields<Model>): Model {
    return this.runSync(this.#create(fields))
  }

  /**
   * Stores many new documents in few round trips; resolves to them, with their ids. Hooks do not run. Every document is
   * validated before the first one is sent: what is wrong is one ValidationError, with the place of the row in front of each
   * path.
   *
   * A row that the database refuses does not keep the others from being stored. When there is one, the call fails with a
   * BulkWriteError, which says which rows failed and why, and which documents are stored. In a transaction, the first
   * refusal is the error, and nothing is stored.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('bulk_create_example')
   * class City extends Document<City>() {
   *   @StringField({ unique: true }) name?: string
   *   @StringField() country?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * await City.objects.bulkCreate([{ name: 'Paris' }, { name: 'Lyon' }])
   * await City.objects.bulkCreate([{ name: 'Lyon', country: 'France' }], { onConflict: 'update' })
   * await connection.close()
   * ```
   * ```surql
   * INSERT INTO `bulk_create_example` $p0
   * INSERT INTO `bulk_create_example` $p0 ON DUPLICATE KEY UPDATE `country` = $input.`country`, `name` = $input.`name`
   * ```
   */
  bulkCreate(rows: readonly DocumentFields<Model>[], options: IgnoringConflicts<Model>): Promise<BulkCreated<Model>>
  bulkCreate(rows: readonly DocumentFields<Model>[], options?: BulkOptions<Model>): Promise<Model[]>
  async bulkCreate(rows: readonly DocumentFields<Model>[], options?: BulkOptions<Model>): Promise<Model[]> {
    return withIgnored(await this.run(createMany(this.query.meta, this.#makeAll(rows), options)))
  }

  /** {@link bulkCreate}, blocking. */
  bulkCreateSync(rows: readonly DocumentFields<Model>[], options: IgnoringConflicts<Model>): BulkCreated<Model>
  bulkCreateSync(rows: readonly DocumentFields<Model>[], options?: BulkOptions<Model>): Model[]
  bulkCreateSync(rows: readonly DocumentFields<Model>[], options?: BulkOptions<Model>): Model[] {
    return withIgnored(this.runSync(createMany(this.query.meta, this.#makeAll(rows), options)))
  }

  /**
   * Saves what changed of many loaded documents in few round trips, of these fields only where they are named; the number
   * of records that were written. Hooks do not run; validation, read-only fields, timestamps and versions are as in
   * `save()`. Documents that could not be written are in a BulkWriteError; the others are stored.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, IntField } from 'surrealengine'
   *
   * @Collection('bulk_update_example')
   * class Counter extends Document<Counter>() {
   *   @IntField() value?: number
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const counters = await Counter.objects.bulkCreate([{ value: 1 }, { value: 2 }])
   * for (const counter of counters) counter.value = 0
   * await Counter.objects.bulkUpdate(counters, ['value'])
   * await connection.close()
   * ```
   * ```surql
   * INSERT INTO `bulk_update_example` $p0
   * UPDATE ONLY $p0 SET `value` = $p1;
   * UPDATE ONLY $p2 SET `value` = $p3
   * ```
   */
  async bulkUpdate(documents: readonly Model[], fields?: readonly FieldName<Model>[]): Promise<number> {
    return await this.run(bulkUpdate(this.query.meta, documents, fields))
  }

  /** {@link bulkUpdate}, blocking. */
  bulkUpdateSync(documents: readonly Model[], fields?: readonly FieldName<Model>[]): number {
    return this.runSync(bulkUpdate(this.query.meta, documents, fields))
  }

  /**
   * The only document with these values; where there is none, a new one with these values and the defaults is saved. When
   * others do the same at the same time, a unique index lets one of them make it, and all get that one; without an index
   * each may make its own. Several are a MultipleObjectsReturnedError.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('get_or_create_example')
   * class Tag extends Document<Tag>() {
   *   @StringField({ unique: true }) name?: string
   *   @StringField() color?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const { document, created } = await Tag.objects.getOrCreate({ name: 'new' }, { color: 'red' })
   * await connection.close()
   * ```
   * ```surql
   * SELECT * FROM (SELECT * FROM `get_or_create_example` WHERE (`name` = $p0)) LIMIT $p1
   * CREATE ONLY $p0 CONTENT $p1
   * ```
   */
  async getOrCreate(filter: DocumentFields<Model>, defaults?: DocumentFields<Model>): Promise<GotOrCreated<Model>> {
    return await this.run(getOrCreate(this.#sought(filter), defaults))
  }

  /** {@link getOrCreate}, blocking. */
  getOrCreateSync(filter: DocumentFields<Model>, defaults?: DocumentFields<Model>): GotOrCreated<Model> {
    return this.runSync(getOrCreate(this.#sought(filter), defaults))
  }

  /**
   * The only document with these values, with the fields of `update` set and saved; where there is none, a new one with
   * these values, those of `update`, and those of `create`. See {@link getOrCreate}.
   */
  async updateOrCreate(filter: DocumentFields<Model>, fields?: UpdateOrCreate<Model>): Promise<GotOrCreated<Model>> {
    return await this.run(updateOrCreate(this.#sought(filter), fields))
  }

  /** {@link updateOrCreate}, blocking. */
  updateOrCreateSync(filter: DocumentFields<Model>, fields?: UpdateOrCreate<Model>): GotOrCreated<Model> {
    return this.runSync(updateOrCreate(this.#sought(filter), fields))
  }

  /**
   * Stores a new document in one round trip; where its id, or its values of a unique index, are those of a record, the given
   * fields are set on that one, and the others stay what they are. The document is validated as a new one; hooks do not
   * run. Without an id and without a unique index it is a LookupError.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('upsert_example')
   * class Setting extends Document<Setting>() {
   *   @StringField() value?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * await Setting.objects.upsert({ id: 'theme', value: 'dark' })
   * await connection.close()
   * ```
   * ```surql
   * INSERT INTO `upsert_example` $p0 ON DUPLICATE KEY UPDATE `value` = $input.`value`
   * ```
   */
  async upsert(fields: DocumentFields<Model>): Promise<Model> {
    return await this.run(upsert(this.query.meta, this.#makeRow(fields, 0)))
  }

  /** {@link upsert}, blocking. */
  upsertSync(fields: DocumentFields<Model>): Model {
    return this.runSync(upsert(this.query.meta, this.#makeRow(fields, 0)))
  }

  /**
   * The documents of many ids, by key, in one round trip for each 10,000 of them; ids without a record are left out. A key
   * that is no string or number is the very object that was given.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('in_bulk_example')
   * class City extends Document<City>() {
   *   @StringField() name?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const cities = await City.objects.inBulk(['paris', 'lyon'])
   * cities.get('paris')
   * await connection.close()
   * ```
   * ```surql
   * SELECT * FROM (SELECT * FROM $p0)
   * ```
   */
  async inBulk(ids: readonly (RecordId | RecordKey)[]): Promise<Map<RecordKey, Model>> {
    return await this.read(inBulk(this.query, ids))
  }

  /** {@link inBulk}, blocking. */
  inBulkSync(ids: readonly (RecordId | RecordKey)[]): Map<RecordKey, Model> {
    return this.readSync(inBulk(this.query, ids))
  }

  /**
   * The documents of a query of your own: one statement that gives whole records of this model's table. Values are bound by
   * `surql`. With `plain`, the rows as they come, of whatever shape. Another shape, or several statements, are a
   * DatabaseError, once they have been carried out.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, IntField, surql } from 'surrealengine'
   *
   * @Collection('raw_example')
   * class Person extends Document<Person>() {
   *   @IntField() age?: number
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * await Person.create({ age: 20 })
   * const adults = await Person.objects.raw(surql`SELECT * FROM raw_example WHERE age >= ${18}`)
   * const ages = await Person.objects.raw<number>(surql`SELECT VALUE age FROM raw_example`, { plain: true })
   * await connection.close()
   * ```
   * ```surql
   * SELECT * FROM raw_example WHERE age >= $p0
   * ```
   */
  async raw(text: CompiledQuery, options?: { readonly plain?: false }): Promise<Model[]>
  async raw<Row = Record<string, unknown>>(text: CompiledQuery, options: { readonly plain: true }): Promise<Row[]>
  async raw(text: CompiledQuery, options?: RawOptions): Promise<unknown[]> {
    return await this.run(raw(this.query.meta, text, options?.plain))
  }

  /** {@link raw}, blocking. */
  rawSync(text: CompiledQuery, options?: { readonly plain?: false }): Model[]
  rawSync<Row = Record<string, unknown>>(text: CompiledQuery, options: { readonly plain: true }): Row[]
  rawSync(text: CompiledQuery, options?: RawOptions): unknown[] {
    return this.runSync(raw(this.query.meta, text, options?.plain))
  }

  *#create(fields: object): Operation<StatefulDocument> {
    const document = this.#make(fields)
    yield* save(this.query.meta, document)
    return document
  }

  #makeAll(rows: readonly object[]): NewRow[] {
    return rows.map((fields, index) => atRow(index, () => this.#makeRow(fields, index)))
  }

  #makeRow(fields: object, index: number): NewRow {
    const document = this.#make(fields)
    const given = Object.entries(fields).filter(([name, value]) => value !== undefined && name !== 'id')
    return { index, document, names: given.map(([name]) => name) }
  }

  #sought(filter: unknown): Sought {
    return { query: this.query, filter, make: this.#make }
  }

  /** @internal What is narrowed is no manager any more. */
  protected override derive(parts: QuerySetParts): this {
    return new Manager(this.#make, parts) as this
  }
}

/** What `updateOrCreate` sets. */
export interface UpdateOrCreate<Model> {
  /** Of the document that is there, and of a new one. */
  readonly update?: UpdateFields<Model>
  /** Of a new one alone. */
  readonly create?: DocumentFields<Model>
}

function withIgnored<Model>({ stored, ignored }: CreatedMany): BulkCreated<Model> {
  return Object.defineProperty([...stored], 'ignored', { value: ignored }) as unknown as BulkCreated<Model>
}
