import { ModelDefinitionError } from '../../errors.js'
import { surql } from '../../surrealql/surql.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { IntField } from '../numbers/number-fields.js'
import { WrapperField } from '../containers/wrapper-field.js'
import { ofRecordsOnly } from './of-records-only.js'

/** What a sequence field is told. */
export interface SequenceFieldOptions extends Omit<
  FieldOptions<number | bigint>,
  'default' | 'required' | 'value' | 'computed' | 'coerce'
> {
  /** The name of the sequence in the database; fields may share one. */
  readonly name: string
}

class SequenceKind extends WrapperField<number | bigint> {
  readonly #name: string

  constructor(name: string, options: FieldOptions<number | bigint>) {
    super(IntField().field, { ...options, required: true, default: surql`sequence::nextval(${name})` })
    if (typeof name !== 'string' || name === '')
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', "A SequenceField needs a name: { name: 'order_number' }.")
    this.#name = name
  }

  override asPart(holder: string): never {
    throw ofRecordsOnly(
      holder,
      'a SequenceField; the database gives numbers to fields of a record only. Use an IntField',
    )
  }

  override get sequence(): { readonly name: string } {
    return { name: this.#name }
  }
}

/**
 * A whole number that the database takes from a sequence when the record is created: each is given once, though not every
 * number need be. A value that is given is kept. Needs a server from version 3 on.
 *
 * @example
 * ```ts
 * import { Collection, Document, SequenceField } from 'surrealengine'
 *
 * @Collection('sequence_field_example')
 * class Order extends Document<Order>() {
 *   @SequenceField({ name: 'order_number' }) number!: number
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `number` ON `sequence_field_example` TYPE int DEFAULT sequence::nextval("order_number")
 * ```
 */
export function SequenceField({ name, ...options }: SequenceFieldOptions): FieldDecorator<number | bigint> {
  return fieldDecorator(new SequenceKind(name, options))
}
