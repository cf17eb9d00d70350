import { ChoiceKind } from './choice-kind.js'
import type { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { literalType, type LiteralValue } from './literal-type.js'
import { scalarDecorator } from '../scalar-decorator.js'

class LiteralKind extends ChoiceKind {
  readonly kind = 'literal'

  constructor(values: readonly LiteralValue[], options?: FieldOptions<LiteralValue>) {
    super(values, 'A LiteralField', options)
  }

  databaseType(): string {
    return literalType(this.choices)
  }
}

/**
 * One of the values given, and the database knows them: another one needs another definition. Options come last. Where
 * the values are data of the application rather than part of the schema, take a ChoiceField.
 *
 * @example
 * ```ts
 * import { Collection, Document, LiteralField } from 'surrealengine'
 *
 * @Collection('literal_field_example')
 * class Order extends Document<Order>() {
 *   @LiteralField('open', 'paid', 'sent', { required: true, default: 'open' }) status!: 'open' | 'paid' | 'sent'
 *   @LiteralField('auto', 1, false) priority?: 'auto' | 1 | false
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `status` ON `literal_field_example` TYPE "open" | "paid" | "sent"
 * ```
 */
export function LiteralField<const Values extends readonly LiteralValue[]>(
  ...values: Values
): FieldDecorator<Values[number]>
export function LiteralField<const Values extends readonly LiteralValue[]>(
  ...valuesAndOptions: [...Values, FieldOptions<Values[number]>]
): FieldDecorator<Values[number]>
export function LiteralField(...given: readonly unknown[]): FieldDecorator<never> {
  const last = given.at(-1)
  const hasOptions = typeof last === 'object' && last !== null
  const values = (hasOptions ? given.slice(0, -1) : given) as readonly LiteralValue[]
  const options = hasOptions ? (last as FieldOptions<LiteralValue>) : undefined
  return scalarDecorator(new LiteralKind(values, options) as Field<unknown> as Field<never>)
}
