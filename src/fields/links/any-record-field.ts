import { z } from 'zod'
import { Field } from '../field.js'
import { orderLookups, type LookupTable } from '../lookups/lookups.js'
import { whyNotStored } from '../stored-value.js'
import { linkedId } from './reference-field.js'

/** A link to a record of any table: its id, or a saved document. */
export class AnyRecordKind extends Field<unknown> {
  readonly kind = 'reference'

  accepts(value: unknown): boolean {
    return linkedId(value) !== undefined
  }

  protected buildSchema(): z.ZodType {
    return z
      .custom((value) => this.accepts(value), 'must be a saved document, or a RecordId; save the document first')
      .refine((value) => whyNotStored(linkedId(value)) === undefined, {
        error: ({ input }) => whyNotStored(linkedId(input)),
      })
  }

  databaseType(): string {
    return 'record'
  }

  protected override valueToDatabase(value: unknown): unknown {
    return linkedId(value) ?? value
  }

  override get lookups(): LookupTable {
    return orderLookups
  }
}
