import type { RecordId, RecordKey } from '../values.js'
import type { DocumentBase } from './document-base.js'
import type { DefineTablesOptions } from './define-tables.js'
import type { DocumentFields, OperationOptions } from './document-types.js'
import type { Manager } from './manager.js'

/** The class a model extends: `class User extends Document<User>()`. */
export interface ModelClass<Model, Base extends DocumentBase = DocumentBase> {
  /** A new document; unknown fields are a ValidationError, and defaults fill in what is missing. Nothing is stored yet. */
  new (fields?: DocumentFields<Model>): Base

  /** All records of the model, to filter, order, count, update …: `User.objects.filter({ age__gte: 18 })`. */
  readonly objects: Manager<Model>

  /**
   * Makes a document and saves it.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('create_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const ann = await Person.create({ id: 'ann', name: 'Ann' })
   * await connection.close()
   * ```
   * ```surql
   * CREATE ONLY $p0 CONTENT $p1
   * ```
   */
  create(fields: DocumentFields<Model>, options?: OperationOptions): Promise<Model>
  /** {@link create}, blocking. */
  createSync(fields: DocumentFields<Model>, options?: OperationOptions): Model

  /** The document of a record id, or of its key; none is a DoesNotExistError. A string is always a key. */
  get(id: RecordId | RecordKey, options?: OperationOptions): Promise<Model>
  /** {@link get}, blocking. */
  getSync(id: RecordId | RecordKey, options?: OperationOptions): Model

  /** Like {@link get}, but null when there is none. */
  getOrNull(id: RecordId | RecordKey, options?: OperationOptions): Promise<Model | null>
  /** {@link getOrNull}, blocking. */
  getOrNullSync(id: RecordId | RecordKey, options?: OperationOptions): Model | null

  /** Whether there is a record of that id, or of that key. */
  exists(id: RecordId | RecordKey, options?: OperationOptions): Promise<boolean>
  /** {@link exists}, blocking. */
  existsSync(id: RecordId | RecordKey, options?: OperationOptions): boolean

  /** Defines the table, its fields, its indexes and its events in the database; may be run again. See `defineTables`. */
  defineTable(options?: DefineTablesOptions): Promise<void>
  /** {@link defineTable}, blocking. */
  defineTableSync(options?: DefineTablesOptions): void

  /** The statements of {@link defineTable} as text; no I/O. */
  defineStatements(): string

  /** A document from a record that was loaded in another way, by `connection.query` for instance. */
  fromRecord(record: Readonly<Record<string, unknown>>): Model

  /** The class to extend for a model that inherits this one's fields: `class Admin extends User.extend<Admin>()`. */
  extend<Sub>(): ModelClass<Sub, Base & Model>
}
