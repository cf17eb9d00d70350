import { z } from 'zod'
import { Field } from './field.js'
import { fieldDecorator, type FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'

class BooleanKind extends Field<boolean> {
  readonly kind = 'boolean'

  accepts(value: unknown): boolean {
    return typeof value === 'boolean'
  }

  protected buildSchema(): z.ZodType {
    return z.boolean()
  }

  databaseType(): string {
    return 'bool'
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
  return fieldDecorator(new BooleanKind(options))
}
