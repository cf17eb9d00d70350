import { z } from 'zod'
import { Field } from '../field.js'
import type { TransformTable } from '../lookups/filter-step.js'
import { listLookups, type LookupTable } from '../lookups/lookups.js'
import { listTransforms } from '../lookups/transforms.js'

/** The values that one field has in several records, as a list: what an aggregate gives, never what a record stores. */
export class CollectedKind extends Field<unknown[]> {
  readonly kind = 'list'

  constructor(readonly item: Field) {
    super()
  }

  accepts(value: unknown): boolean {
    return Array.isArray(value)
  }

  protected buildSchema(): z.ZodType {
    return z.array(z.unknown())
  }

  databaseType(): string {
    return 'array'
  }

  protected override valueToDatabase(value: unknown[]): unknown {
    return value.map((item) => this.item.toDatabase(item))
  }

  protected override valueFromDatabase(stored: unknown): unknown[] {
    return (stored as unknown[]).map((item) => this.item.fromDatabase(item))
  }

  override get element(): Field {
    return this.item
  }

  override get lookups(): LookupTable {
    return listLookups
  }

  override get transforms(): TransformTable<Field> {
    return listTransforms
  }
}
