import { createMany } from '../../persistence/create-many.js'
import type { StatefulDocument } from '../../persistence/document-state.js'
import { raw } from '../../persistence/raw.js'
import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import type { DocumentFields } from '../document-types.js'
import type { QuerySetParts } from './query-builder.js'
import { QuerySet } from './query-set.js'

/** What `bulkCreate` can be told. */
export interface BulkOptions {
  /** Documents in one round trip. Default: 100, which is the fastest on an engine in memory and near it elsewhere. */
  readonly batchSize?: number
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

  /**
   * Stores many new documents, a batch in each round trip; resolves to them, with their ids. Every document is validated
   * before the first one is sent; hooks do not run. Each batch is stored whole or not at all: when one is refused, the
   * batches before it stay stored.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('bulk_create_example')
   * class City extends Document<City>() {
   *   @StringField() name?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * await City.objects.bulkCreate([{ name: 'Paris' }, { name: 'Lyon' }])
   * await connection.close()
   * ```
   * ```surql
   * INSERT INTO `bulk_create_example` $p0
   * ```
   */
  async bulkCreate(rows: readonly DocumentFields<Model>[], options?: BulkOptions): Promise<Model[]> {
    return await this.run(createMany(this.query.meta, this.#makeAll(rows), options?.batchSize))
  }

  /** {@link bulkCreate}, blocking. */
  bulkCreateSync(rows: readonly DocumentFields<Model>[], options?: BulkOptions): Model[] {
    return this.runSync(createMany(this.query.meta, this.#makeAll(rows), options?.batchSize))
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

  #makeAll(rows: readonly DocumentFields<Model>[]): StatefulDocument[] {
    return rows.map((fields) => this.#make(fields))
  }

  /** @internal What is narrowed is no manager any more. */
  protected override derive(parts: QuerySetParts): this {
    return new Manager(this.#make, parts) as this
  }
}
