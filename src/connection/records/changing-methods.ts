import type { RecordId } from '../../values.js'
import { AddingMethods } from './adding-methods.js'
import type { CallOptions } from '../calls/call-options.js'
import { deleteQuery, withId, mergeQuery, patchQuery, updateQuery, upsertQuery } from './record-queries.js'
import type { MergeData, PatchOperation, RecordData, RecordList, RecordTarget, StoredRecord } from './record-types.js'

/**
 * The methods of the official driver that change records, each in both modes; part of every {@link Queryable}.
 *
 * All of them: a RecordId gives the record as it now is, or undefined when there is none, or when the user may not write or see
 * it. A table or a range gives a list. A table that does not exist is a DatabaseError of the kind `NotFound.Table`. A target or
 * data that are none are a LookupError, before anything is sent.
 */
export abstract class ChangingMethods extends AddingMethods {
  /**
   * Replaces the content of records that exist; every field that is not in `data` is gone. Without `data` they are only written
   * again, which runs the events and computed values of the table.
   *
   * What the schema refuses is a SchemaError.
   *
   * @example
   * ```ts
   * const ann = await connection.update(new RecordId('person', 'ann'), { name: 'Ann', age: 41 })
   * ```
   * ```surql
   * UPDATE ONLY $target CONTENT $data
   * ```
   */
  update<Row extends object = Record<string, unknown>>(
    target: RecordId,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): Promise<StoredRecord<Row> | undefined>
  update<Row extends object = Record<string, unknown>>(
    target: RecordList,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): Promise<StoredRecord<Row>[]>
  async update(target: RecordTarget, data?: object, options?: CallOptions): Promise<unknown> {
    return await this.result(updateQuery(target, data), options)
  }

  /** {@link update}, blocking. */
  updateSync<Row extends object = Record<string, unknown>>(
    target: RecordId,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): StoredRecord<Row> | undefined
  updateSync<Row extends object = Record<string, unknown>>(
    target: RecordList,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): StoredRecord<Row>[]
  updateSync(target: RecordTarget, data?: object, options?: CallOptions): unknown {
    return this.resultSync(updateQuery(target, data), options)
  }

  /**
   * Replaces the content of a record, or creates it. A table always gets a new record; of a range, the records that exist are
   * written.
   *
   * What the schema refuses is a SchemaError.
   *
   * @example
   * ```ts
   * const ann = await connection.upsert(new RecordId('person', 'ann'), { name: 'Ann' })
   * ```
   * ```surql
   * UPSERT ONLY $target CONTENT $data
   * ```
   */
  upsert<Row extends object = Record<string, unknown>>(
    target: RecordId,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): Promise<StoredRecord<Row> | undefined>
  upsert<Row extends object = Record<string, unknown>>(
    target: RecordList,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): Promise<StoredRecord<Row>[]>
  async upsert(target: RecordTarget, data?: object, options?: CallOptions): Promise<unknown> {
    return await this.result(upsertQuery(target, data), options)
  }

  /** {@link upsert}, blocking. */
  upsertSync<Row extends object = Record<string, unknown>>(
    target: RecordId,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): StoredRecord<Row> | undefined
  upsertSync<Row extends object = Record<string, unknown>>(
    target: RecordList,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): StoredRecord<Row>[]
  upsertSync(target: RecordTarget, data?: object, options?: CallOptions): unknown {
    return this.resultSync(upsertQuery(target, data), options)
  }

  /**
   * Changes the given fields of records that exist, also within objects; `undefined` removes a field, and a list is replaced.
   *
   * What the schema refuses is a SchemaError.
   *
   * @example
   * ```ts
   * const ann = await connection.merge(new RecordId('person', 'ann'), { address: { city: 'Paris' } })
   * ```
   * ```surql
   * UPDATE ONLY $target MERGE $data
   * ```
   */
  merge<Row extends object = Record<string, unknown>>(
    target: RecordId,
    data: MergeData<Row>,
    options?: CallOptions,
  ): Promise<StoredRecord<Row> | undefined>
  merge<Row extends object = Record<string, unknown>>(
    target: RecordList,
    data: MergeData<Row>,
    options?: CallOptions,
  ): Promise<StoredRecord<Row>[]>
  async merge(target: RecordTarget, data: object, options?: CallOptions): Promise<unknown> {
    return await this.result(mergeQuery(target, data), options)
  }

  /** {@link merge}, blocking. */
  mergeSync<Row extends object = Record<string, unknown>>(
    target: RecordId,
    data: MergeData<Row>,
    options?: CallOptions,
  ): StoredRecord<Row> | undefined
  mergeSync<Row extends object = Record<string, unknown>>(
    target: RecordList,
    data: MergeData<Row>,
    options?: CallOptions,
  ): StoredRecord<Row>[]
  mergeSync(target: RecordTarget, data: object, options?: CallOptions): unknown {
    return this.resultSync(mergeQuery(target, data), options)
  }

  /**
   * Changes records that exist by a JSON Patch, and gives the changed records.
   *
   * A `test` that does not hold, and an operation that is none, are a DatabaseError; nothing is changed then.
   *
   * @example
   * ```ts
   * const steps: PatchOperation[] = [{ op: 'replace', path: '/address/city', value: 'Paris' }]
   * const ann = await connection.patch(new RecordId('person', 'ann'), steps)
   * ```
   * ```surql
   * UPDATE ONLY $target PATCH $operations
   * ```
   */
  patch<Row extends object = Record<string, unknown>>(
    target: RecordId,
    operations: readonly PatchOperation[],
    options?: CallOptions,
  ): Promise<StoredRecord<Row> | undefined>
  patch<Row extends object = Record<string, unknown>>(
    target: RecordList,
    operations: readonly PatchOperation[],
    options?: CallOptions,
  ): Promise<StoredRecord<Row>[]>
  async patch(target: RecordTarget, operations: readonly PatchOperation[], options?: CallOptions): Promise<unknown> {
    return await this.result(patchQuery(target, operations), options)
  }

  /** {@link patch}, blocking. */
  patchSync<Row extends object = Record<string, unknown>>(
    target: RecordId,
    operations: readonly PatchOperation[],
    options?: CallOptions,
  ): StoredRecord<Row> | undefined
  patchSync<Row extends object = Record<string, unknown>>(
    target: RecordList,
    operations: readonly PatchOperation[],
    options?: CallOptions,
  ): StoredRecord<Row>[]
  patchSync(target: RecordTarget, operations: readonly PatchOperation[], options?: CallOptions): unknown {
    return this.resultSync(patchQuery(target, operations), options)
  }

  /**
   * Deletes records, and gives them as they were. A table loses all its records; edges of a deleted record go with it.
   *
   * What the user may not delete stays, and is not in the result.
   *
   * @example
   * ```ts
   * const ann = await connection.delete(new RecordId('person', 'ann'))
   * ```
   * ```surql
   * DELETE ONLY $target RETURN BEFORE
   * ```
   */
  delete<Row extends object = Record<string, unknown>>(
    target: RecordId,
    options?: CallOptions,
  ): Promise<StoredRecord<Row> | undefined>
  delete<Row extends object = Record<string, unknown>>(
    target: RecordList,
    options?: CallOptions,
  ): Promise<StoredRecord<Row>[]>
  async delete(target: RecordTarget, options?: CallOptions): Promise<unknown> {
    return withId(target, await this.result(deleteQuery(target), options))
  }

  /** {@link delete}, blocking. */
  deleteSync<Row extends object = Record<string, unknown>>(
    target: RecordId,
    options?: CallOptions,
  ): StoredRecord<Row> | undefined
  deleteSync<Row extends object = Record<string, unknown>>(
    target: RecordList,
    options?: CallOptions,
  ): StoredRecord<Row>[]
  deleteSync(target: RecordTarget, options?: CallOptions): unknown {
    return withId(target, this.resultSync(deleteQuery(target), options))
  }
}
