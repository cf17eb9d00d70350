import { z } from 'zod'
import { toRecordId } from '../../values.js'
import { Field } from '../field.js'
import { orderLookups, type LookupTable } from '../lookups/lookups.js'

/** The `id` of a model's own records. A filter may give the whole record id, or just its key. */
export class OwnIdField extends Field<unknown> {
  readonly kind = 'record id'

  constructor(readonly table: string) {
    super()
  }

  accepts(value: unknown): boolean {
    return toRecordId(this.table, value) !== undefined
  }

  protected buildSchema(): z.ZodType {
    return z.custom((value) => this.accepts(value), `must be a record id of the table ${this.table}, or its key`)
  }

  databaseType(): string {
    return 'any'
  }

  protected override valueToDatabase(value: unknown): unknown {
    return toRecordId(this.table, value) ?? value
  }

  override get lookups(): LookupTable {
    return orderLookups
  }
}
