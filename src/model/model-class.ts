import type { z } from 'zod'
import type { RecordId, RecordKey } from '../values.js'
import type { JsonSchema } from '../zod/json-schema.js'
import type { ModelSchema, SchemaVariant } from '../zod/model-schema-types.js'
import type { DocumentBase } from './document-base.js'
import type { DefineTablesOptions } from './define-tables.js'
import type { DocumentFields, OperationOptions } from './document-types.js'
import type { Manager } from './querysets/manager.js'

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

  /**
   * The zod schema of what comes in or goes out; no I/O. `create` (default) is what a new document is made from, `update`
   * is what can be changed, `read` is what `toJSON()` gives. Unknown keys are refused, unless the model keeps them. `create` and `update` take values as
   * the fields have them or as JSON has them, and give them as the fields have them. It is a Standard Schema too.
   *
   * @example
   * ```ts
   * import { Collection, DateTimeField, Document, StringField } from 'surrealengine'
   *
   * @Collection('zod_schema_example')
   * class Person extends Document<Person>() {
   *   @StringField({ required: true, maxLength: 80 }) name!: string
   *   @DateTimeField() born?: Date
   * }
   * const person = new Person(Person.zodSchema('create').parse({ name: 'Ann' }))
   * ```
   */
  zodSchema<Variant extends SchemaVariant = 'create'>(variant?: Variant): ModelSchema<Model, Variant>

  /**
   * The JSON Schema (draft 2020-12) of the JSON that {@link zodSchema} takes or gives; no I/O. Comments of fields are their
   * descriptions.
   *
   * @example
   * ```ts
   * import { Collection, Document, StringField } from 'surrealengine'
   *
   * @Collection('json_schema_example')
   * class Person extends Document<Person>() {
   *   @StringField({ required: true, comment: 'As on the passport' }) name!: string
   * }
   * const schema = Person.jsonSchema('create')
   * ```
   */
  jsonSchema(variant?: SchemaVariant): JsonSchema

  /**
   * The class to extend for a model with the fields of a zod object; more fields can be declared beside them. A document holds
   * what zod gives. What zod checks, refinements too, is checked when a document is validated. A key that no kind of field can
   * hold is a ModelDefinitionError.
   *
   * @example
   * ```ts
   * import { Collection, Document, StringField } from 'surrealengine'
   * import { z } from 'zod'
   *
   * const PersonSchema = z.object({ name: z.string().max(80), age: z.int().optional() })
   *
   * @Collection('from_zod_example')
   * class Person extends Document<Person>().fromZod(PersonSchema) {
   *   @StringField() note?: string
   * }
   * new Person({ name: 'Ann', age: 41, note: 'likes tea' })
   * ```
   */
  fromZod<Schema extends z.core.$ZodObject>(schema: Schema): ModelClass<Model, Base & z.output<Schema>>

  /** A document from a record that was loaded in another way, by `connection.query` for instance. */
  fromRecord(record: Readonly<Record<string, unknown>>): Model

  /** The class to extend for a model that inherits this one's fields: `class Admin extends User.extend<Admin>()`. */
  extend<Sub>(): ModelClass<Sub, Base & Model>
}
