import { z } from 'zod'
import { RecordId } from '../values.js'
import { Field } from './field.js'
import { orderLookups, type LookupTable } from './lookups.js'

/** A link to a record of any table: its id, or a saved document. */
export class AnyRecordKind extends Field<unknown> {
  readonly kind = 'reference'

  accepts(value: unknown): boolean {
    return recordIdOf(value) !== undefined
  }

  protected buildSchema(): z.ZodType {
    return z.custom((value) => this.accepts(value), 'must be a saved document, or a RecordId; save the document first')
  }

  databaseType(): string {
    return 'record'
  }

  protected override valueToDatabase(value: unknown): unknown {
    return recordIdOf(value) ?? value
  }

  override get lookups(): LookupTable {
    return orderLookups
  }
}

function recordIdOf(value: unknown): RecordId | undefined {
  if (value instanceof RecordId) return value
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined
  return id instanceof RecordId ? id : undefined
}
