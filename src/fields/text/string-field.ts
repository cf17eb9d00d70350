import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { checkLengthLimits, type LengthLimits } from './length-limits.js'
import { stringLookups, type LookupTable } from '../lookups/lookups.js'
import type { TransformTable } from '../lookups/filter-step.js'
import { storedOnly } from '../stored-value.js'
import { isText } from './is-text.js'
import { scalarDecorator } from '../scalar-decorator.js'
import { textTransforms } from '../lookups/transforms.js'

/** What a string field can be told besides the options of every field. Lengths are in code points, as `string::len` counts: 1 for 👩. */
export interface StringFieldOptions extends FieldOptions<string>, LengthLimits {
  readonly pattern?: RegExp
  /** The only values allowed. */
  readonly choices?: readonly string[]
}

/** Text, and the base of everything that is text of some form. */
export class StringKind extends Field<string> {
  readonly kind: string = 'string'
  declare readonly options: StringFieldOptions

  constructor(options: StringFieldOptions = {}) {
    super(options)
    checkLengthLimits(options)
    this.#checkChoices()
  }

  #checkChoices(): void {
    const { choices } = this.options
    if (!choices) return
    if (choices.length === 0)
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', 'choices is empty, so that no value is left; name some.')
    const limited = this.#limited()
    if (choices.every((choice) => limited.safeParse(choice).success)) return
    const message = 'One of the choices is not allowed by the other options; drop it, or change them.'
    throw new ModelDefinitionError('INVALID_FIELD_OPTION', message)
  }

  accepts(value: unknown): boolean {
    return typeof value === 'string'
  }

  /** Of text of any form; a letter may take two places, and so the length be less than it seems. */
  protected override isSurelyValid(value: unknown): boolean {
    const { minLength = 0, maxLength = Infinity, length, pattern, choices } = this.options
    if (this.constructor !== StringKind || typeof value !== 'string' || choices || pattern || length !== undefined)
      return false
    return value.length <= maxLength && value.length >= 2 * minLength - 1 && isText(value)
  }

  protected buildSchema(): z.ZodType {
    const { choices } = this.options
    const limited = this.#limited()
    return choices
      ? limited.refine((value) => choices.includes(value), `must be one of ${choices.join(', ')}`)
      : limited
  }

  /** Any text of the form that this kind has. */
  protected form(): z.ZodString {
    return z.string()
  }

  #limited(): z.ZodString {
    const { minLength, maxLength, length, pattern } = this.options
    let schema = storedOnly(this.form())
    if (minLength !== undefined) schema = schema.min(minLength)
    if (maxLength !== undefined) schema = schema.max(maxLength)
    if (length !== undefined) schema = schema.length(length)
    return pattern ? schema.regex(pattern) : schema
  }

  databaseType(): string {
    return 'string'
  }

  protected override coerceValue(value: unknown): unknown {
    return ['number', 'bigint', 'boolean'].includes(typeof value) ? String(value) : value
  }

  override get lookups(): LookupTable {
    return stringLookups
  }

  override get transforms(): TransformTable<Field> {
    return textTransforms
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
  return scalarDecorator(new StringKind(options))
}
