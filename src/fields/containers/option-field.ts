import type { ZodType } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import type { Field } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { unionType } from './element.js'
import { WrapperField } from './wrapper-field.js'

export class OptionKind<Value> extends WrapperField<Value | undefined> {
  constructor(inner: Field<Value>, options: FieldOptions<Value | undefined> = {}) {
    super(inner, options)
    if (this.options.required) {
      throw new ModelDefinitionError(
        'INVALID_FIELD_OPTION',
        'An OptionField cannot be required; drop the option, or the OptionField.',
      )
    }
  }

  override accepts(value: unknown): boolean {
    return value === undefined || super.accepts(value)
  }

  override databaseType(): string {
    return unionType(['none', this.inner.databaseType()])
  }

  override typeExpression(): string {
    return this.databaseType()
  }

  override get allowsNull(): boolean {
    return false
  }

  override get takesNothing(): boolean {
    return true
  }

  /** JSON has no `undefined` in its lists. */
  override jsonForm(): ZodType {
    return (this.#jsonForm ??= this.inner.jsonForm().nullish())
  }
  #jsonForm: ZodType | undefined

  override fromJson(json: unknown): Value | undefined {
    return json === undefined || json === null ? undefined : this.inner.fromJson(json)
  }

  override zodType(): ZodType {
    return this.inner
      .zodType()
      .nullish()
      .transform((value) => value ?? undefined)
  }
}

/**
 * A value that may be missing, and is never null; stored as `none | …`. As the item of a list it lets the list have
 * gaps. The options are those of the field inside, and those given here.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, ListField, OptionField, StringField } from 'surrealengine'
 *
 * @Collection('option_field_example')
 * class Person extends Document<Person>() {
 *   @OptionField(StringField()) nickname?: string
 *   @ListField(OptionField(IntField())) answers?: (number | undefined)[]
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `nickname` ON `option_field_example` TYPE none | string
 * DEFINE FIELD OVERWRITE `answers` ON `option_field_example` TYPE none | null | array<none | int>
 * ```
 */
export function OptionField<Value>(
  field: FieldDecorator<Value>,
  options?: FieldOptions<Value | undefined>,
): FieldDecorator<Value | undefined> {
  return fieldDecorator(new OptionKind(field.field.asPart('An OptionField'), options))
}
