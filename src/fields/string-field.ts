import { z } from 'zod'
import { ModelDefinitionError } from '../errors.js'
import { Field } from './field.js'
import { fieldDecorator, type FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'
import { stringLookups, type LookupTable } from './lookups.js'

/** What a string field can be told besides the options of every field. */
export interface StringFieldOptions extends FieldOptions<string> {
  /** In UTF-16 code units, as JavaScript counts. */
  readonly minLength?: number
  /** In UTF-16 code units, as JavaScript counts. */
  readonly maxLength?: number
  readonly pattern?: RegExp
  /** The only values allowed. */
  readonly choices?: readonly string[]
}

class StringKind extends Field<string> {
  readonly kind = 'string'
  declare readonly options: StringFieldOptions

  constructor(options: StringFieldOptions = {}) {
    super(options)
    const { minLength = 0, maxLength = Infinity } = options
    if (minLength > maxLength) {
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', `minLength ${minLength} is above maxLength ${maxLength}.`)
    }
  }

  accepts(value: unknown): boolean {
    return typeof value === 'string'
  }

  protected buildSchema(): z.ZodType {
    const { minLength, maxLength, pattern, choices } = this.options
    let schema = z.string()
    if (minLength !== undefined) schema = schema.min(minLength)
    if (maxLength !== undefined) schema = schema.max(maxLength)
    if (pattern) schema = schema.regex(pattern)
    return choices ? schema.refine((value) => choices.includes(value), `must be one of ${choices.join(', ')}`) : schema
  }

  databaseType(): string {
    return 'string'
  }

  override get lookups(): LookupTable {
    return stringLookups
  }
}

/**
 * Text; stored as `string`. Never read as anything else: `'person:1'` and `'2024-01-01'` stay text.
 *
 * @example
 * ```ts
 * import { Collection, Document, StringField } from 'surrealengine'
 *
 * @Collection('string_field_example')
 * class Person extends Document<Person>() {
 *   @StringField({ required: true, maxLength: 80 }) name!: string
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `name` ON `string_field_example` TYPE string
 * ```
 */
export function StringField(options?: StringFieldOptions): FieldDecorator<string> {
  return fieldDecorator(new StringKind(options))
}
