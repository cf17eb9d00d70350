import { z } from 'zod'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { scalarDecorator } from '../scalar-decorator.js'

class BooleanKind extends Field<boolean> {
  readonly kind = 'boolean'

  accepts(value: unknown): boolean {
    return typeof value === 'boolean'
  }

  protected override isSurelyValid(value: unknown): boolean {
    return this.accepts(value)
  }

  protected buildSchema(): z.ZodType {
    return z.boolean()
  }

  databaseType(): string {
    return 'bool'
  }

  protected override coerceValue(value: unknown): unknown {
    if (value === 'true' || value === '1' || value === 1) return true
    return value === 'false' || value === '0' || value === 0 ? false : value
  }
}

/**
 * True or false; stored as `bool`.
 *
 * @example
 * ```ts
 * import { BooleanField, Collection, Document } from 'surrealengine'
 *
 * @Collection('boolean_field_example')
 * class Person extends Document<Person>() {
 *   @BooleanField({ default: true }) active!: boolean
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `active` ON `boolean_field_example` TYPE none | null | bool
 * ```
 */
export function BooleanField(options?: FieldOptions<boolean>): FieldDecorator<boolean> {
  return scalarDecorator(new BooleanKind(options))
}
