import type { z, ZodObject } from 'zod'
import { currentConnection } from '../connection/current-connection.js'
import { ValidationError } from '../errors.js'
import { declareFields } from '../fields/field-decorator.js'
import { collectChanges, fieldChanges, type FieldChange } from '../persistence/change-tracker.js'
import { defineTables } from '../persistence/define-tables.js'
import { deleteDocument } from '../persistence/delete.js'
import { StatefulDocument } from '../persistence/document-state.js'
import { hydrateFields } from '../persistence/hydrator.js'
import type { Operation } from '../persistence/operation.js'
import { existsById, loadById, loadByIdOrNull, refresh } from '../persistence/load.js'
import { toJsonObject, toJsonValue, toPlainObject } from '../persistence/plain-object.js'
import { runOperation, runOperationSync, type ChooseExecutor } from '../persistence/run-operation.js'
import { save } from '../persistence/save.js'
import { validateFields } from '../persistence/validate-document.js'
import { defineStatements } from '../schema/define-statements.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { modelMetaOf } from '../schema/model-registry.js'
import { compile } from '../surrealql/compiler/compile.js'
import { dialectFor } from '../surrealql/dialect.js'
import { toRecordId, type RecordId, type RecordKey } from '../values.js'
import { checkFromZod, fieldsFromZod } from '../zod/from-zod.js'
import { jsonSchemaOf, type JsonSchema } from '../zod/json-schema.js'
import type { SchemaVariant } from '../zod/model-schema-types.js'
import { modelSchema } from '../zod/model-schema.js'
import type { DefineTablesOptions } from './define-tables.js'
import type { DocumentFields, OperationOptions } from './document-types.js'
import { declareValidate } from './declare-validate.js'
import { giveFields } from './given-fields.js'
import { queryOf } from '../query/query.js'
import { Manager } from './querysets/manager.js'

/** Where a document's operation runs. */
export function choose(meta: ModelMeta, options: OperationOptions | undefined): ChooseExecutor {
  return () => currentConnection({ explicit: options?.connection, model: meta.options.connection })
}

/** Operations without I/O ask for no connection. */
const nowhere: ChooseExecutor = () => currentConnection({ explicit: undefined, model: undefined })

/**
 * `model/` is what users touch: one-line methods that only call down. This is the base of every model; user code extends
 * `Document<User>()`.
 */
export class DocumentBase extends StatefulDocument {
  /** @internal */
  constructor(fields?: Readonly<Record<string, unknown>>) {
    super()
    const meta = modelMetaOf(new.target)
    if (fields !== undefined) giveFields({ instance: this, structure: meta, fields })
  }

  /**
   * The record id. A document without one gets it at its first save, and has `undefined` here until then. It cannot be
   * changed once stored; before, it may be set to a record id of the table, or to a key.
   */
  get id(): RecordId {
    return StatefulDocument.stateOf(this).id as RecordId
  }

  set id(id: RecordId | RecordKey | undefined) {
    const meta = modelMetaOf(this.constructor)
    const state = StatefulDocument.stateOf(this)
    const recordId = id === undefined ? undefined : toRecordId(meta.table, id)
    const issue = (code: string, message: string): ValidationError =>
      new ValidationError(meta.name, [{ path: ['id'], code, message }])
    if (state.stored && !recordId?.equals(state.id))
      throw issue('readonly', 'is stored and cannot be changed; make a new document')
    if (id !== undefined && !recordId)
      throw issue('invalid_type', `must be a RecordId of the table ${meta.table}, or its key`)
    state.id = recordId
  }

  /** Whether the document was never stored. */
  get isNew(): boolean {
    const { stored, isDeleted } = StatefulDocument.stateOf(this)
    return stored === undefined && !isDeleted
  }

  /** Whether `save()` would write something. */
  get isDirty(): boolean {
    return this.isNew || collectChanges(modelMetaOf(this.constructor), this).length > 0
  }

  /** What differs from the stored record, by field. */
  changes(): Record<string, FieldChange> {
    return fieldChanges(modelMetaOf(this.constructor), this)
  }

  /** Takes back every change since the last save or load. */
  revert(): this {
    const meta = modelMetaOf(this.constructor)
    hydrateFields(meta, this, StatefulDocument.stateOf(this).stored ?? {})
    return this
  }

  /**
   * Stores the document: one CREATE when it is new, one UPDATE of just what changed when it is not, nothing at all when
   * nothing changed. The stored record comes back into this document.
   *
   * Fails with ValidationError before anything is sent; with UniqueViolationError, SchemaError, PermissionDeniedError or
   * DoesNotExistError when the database refuses; with NotSavedError when it was deleted or is being saved.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, IntField } from 'surrealengine'
   *
   * @Collection('save_example')
   * class Counter extends Document<Counter>() {
   *   @IntField() value?: number
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const counter = await new Counter({ value: 1 }).save()
   * counter.value = 2
   * counter.saveSync()
   * await connection.close()
   * ```
   * ```surql
   * CREATE ONLY `save_example` CONTENT $p0
   * UPDATE ONLY $p0 SET `value` = $p1
   * ```
   */
  async save(options?: OperationOptions): Promise<this> {
    const meta = modelMetaOf(this.constructor)
    await runOperation(choose(meta, options), save(meta, this))
    return this
  }

  /** {@link save}, blocking. */
  saveSync(options?: OperationOptions): this {
    const meta = modelMetaOf(this.constructor)
    runOperationSync(choose(meta, options), save(meta, this))
    return this
  }

  /** Sets fields and saves; see {@link save}. An unknown field is a ValidationError. */
  async update(fields: DocumentFields<this>, options?: OperationOptions): Promise<this> {
    return await this.#set(fields).save(options)
  }

  /** {@link update}, blocking. */
  updateSync(fields: DocumentFields<this>, options?: OperationOptions): this {
    return this.#set(fields).saveSync(options)
  }

  /** Deletes the record; no record is a DoesNotExistError. */
  async delete(options?: OperationOptions): Promise<void> {
    const meta = modelMetaOf(this.constructor)
    await runOperation(choose(meta, options), deleteDocument(meta, this))
  }

  /** {@link delete}, blocking. */
  deleteSync(options?: OperationOptions): void {
    const meta = modelMetaOf(this.constructor)
    runOperationSync(choose(meta, options), deleteDocument(meta, this))
  }

  /** Loads the record anew; changes that were not saved are lost. No record is a DoesNotExistError. */
  async refresh(options?: OperationOptions): Promise<this> {
    const meta = modelMetaOf(this.constructor)
    await runOperation(choose(meta, options), refresh(meta, this))
    return this
  }

  /** {@link refresh}, blocking. */
  refreshSync(options?: OperationOptions): this {
    const meta = modelMetaOf(this.constructor)
    runOperationSync(choose(meta, options), refresh(meta, this))
    return this
  }

  /** Checks every field; everything wrong is listed in one ValidationError. */
  async validate(): Promise<this> {
    await runOperation(nowhere, validateDocument(this))
    return this
  }

  /** {@link validate}, blocking. */
  validateSync(): this {
    runOperationSync(nowhere, validateDocument(this))
    return this
  }

  /** The id and the fields as a plain object, embedded documents too; values keep their classes, and are copies. */
  toObject(): Record<string, unknown> {
    return {
      ...(StatefulDocument.stateOf(this).id && { id: this.id }),
      ...toPlainObject(modelMetaOf(this.constructor), this),
    }
  }

  /** {@link toObject} without hidden fields, and with values that JSON can hold: `'person:ann'`, `'2024-01-01T00:00:00.000Z'`. */
  toJSON(): Record<string, unknown> {
    const { id } = StatefulDocument.stateOf(this)
    return { ...(id && { id: toJsonValue(id) }), ...toJsonObject(modelMetaOf(this.constructor), this) }
  }

  /** Whether both stand for the same stored record. */
  equals(other: unknown): boolean {
    const { id } = StatefulDocument.stateOf(this)
    return other instanceof DocumentBase && id !== undefined && id.equals(other.id)
  }

  #set(fields: DocumentFields<this>): this {
    giveFields({ instance: this, structure: modelMetaOf(this.constructor), fields })
    return Object.assign(this, fields)
  }

  static get objects(): Manager<never> {
    return new Manager((fields) => make(this, fields), { query: queryOf(modelMetaOf(this)), choice: undefined })
  }

  static async create(fields: object, options?: OperationOptions): Promise<DocumentBase> {
    return await make(this, fields).save(options)
  }

  static createSync(fields: object, options?: OperationOptions): DocumentBase {
    return make(this, fields).saveSync(options)
  }

  static async get(id: unknown, options?: OperationOptions): Promise<object> {
    const meta = modelMetaOf(this)
    return await runOperation(choose(meta, options), loadById(meta, id))
  }

  static getSync(id: unknown, options?: OperationOptions): object {
    const meta = modelMetaOf(this)
    return runOperationSync(choose(meta, options), loadById(meta, id))
  }

  static async getOrNull(id: unknown, options?: OperationOptions): Promise<object | null> {
    const meta = modelMetaOf(this)
    return await runOperation(choose(meta, options), loadByIdOrNull(meta, id))
  }

  static getOrNullSync(id: unknown, options?: OperationOptions): object | null {
    const meta = modelMetaOf(this)
    return runOperationSync(choose(meta, options), loadByIdOrNull(meta, id))
  }

  static async exists(id: unknown, options?: OperationOptions): Promise<boolean> {
    const meta = modelMetaOf(this)
    return await runOperation(choose(meta, options), existsById(meta, id))
  }

  static existsSync(id: unknown, options?: OperationOptions): boolean {
    const meta = modelMetaOf(this)
    return runOperationSync(choose(meta, options), existsById(meta, id))
  }

  static async defineTable(options?: DefineTablesOptions): Promise<void> {
    const meta = modelMetaOf(this)
    await runOperation(choose(meta, options), defineTables([meta], options))
  }

  static defineTableSync(options?: DefineTablesOptions): void {
    const meta = modelMetaOf(this)
    runOperationSync(choose(meta, options), defineTables([meta], options))
  }

  static defineStatements(): string {
    return compile(defineStatements([modelMetaOf(this)]), dialectFor(undefined)).query
  }

  static zodSchema(variant: SchemaVariant = 'create'): ZodObject {
    return modelSchema(modelMetaOf(this), variant)
  }

  static jsonSchema(variant: SchemaVariant = 'create'): JsonSchema {
    return jsonSchemaOf(modelMetaOf(this), variant)
  }

  static fromZod(schema: z.core.$ZodObject): typeof DocumentBase {
    const base = class extends this {}
    declareFields(base, fieldsFromZod(schema))
    const check = checkFromZod(schema)
    if (check) declareValidate(base, check)
    return base
  }

  static fromRecord(record: Record<string, unknown>): object {
    return modelMetaOf(this).hydrate(record)
  }

  static extend(): typeof DocumentBase {
    return this
  }
}

function make(model: object, fields: object): DocumentBase {
  return new (model as new (fields: object) => DocumentBase)(fields)
}

function* validateDocument(document: DocumentBase): Operation<void> {
  yield* validateFields(modelMetaOf(document.constructor), document)
}
