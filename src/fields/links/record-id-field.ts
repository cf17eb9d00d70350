import { z } from 'zod'
import { escapeIdentifier } from '../../surrealql/escape.js'
import { RecordId } from '../../values.js'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { orderLookups, type LookupTable } from '../lookups/lookups.js'
import { readRecordId } from './record-id-text.js'
import { storedOnly } from '../stored-value.js'
import { scalarDecorator } from '../scalar-decorator.js'

/** What a record id field can be told besides the options of every field. */
export interface RecordIDFieldOptions extends FieldOptions<RecordId> {
  /** The only table the ids may be of; default: any. */
  readonly table?: string
}

class RecordIdKind extends Field<RecordId> {
  readonly kind = 'record id'
  declare readonly options: RecordIDFieldOptions

  accepts(value: unknown): boolean {
    return value instanceof RecordId
  }

  protected buildSchema(): z.ZodType {
    const { table } = this.options
    const recordId = z.custom<RecordId>(
      (value) => value instanceof RecordId,
      'must be a RecordId: new RecordId(table, key)',
    )
    const stored = storedOnly(recordId)
    return table === undefined
      ? stored
      : stored.refine((value) => value.table.name === table, `must be a record id of the table ${table}`)
  }

  databaseType(): string {
    const { table } = this.options
    return table === undefined ? 'record' : `record<${escapeIdentifier(table)}>`
  }

  override jsonForm(): z.ZodType {
    return z.string().refine((text) => readRecordId(text) !== undefined, 'must be a record id such as person:ann')
  }

  override fromJson(json: unknown): RecordId {
    return readRecordId(json as string)!
  }

  override get lookups(): LookupTable {
    return orderLookups
  }
}

/**
 * The id of any record; stored as `record`. Use a ReferenceField where the other end is a model.
 *
 * @example
 * ```ts
 * import { Collection, Document, RecordIDField, RecordId } from 'surrealengine'
 *
 * @Collection('record_id_field_example')
 * class LogEntry extends Document<LogEntry>() {
 *   @RecordIDField() subject?: RecordId
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `subject` ON `record_id_field_example` TYPE none | null | record
 * ```
 */
export function RecordIDField(options?: RecordIDFieldOptions): FieldDecorator<RecordId> {
  return scalarDecorator(new RecordIdKind(options))
}
