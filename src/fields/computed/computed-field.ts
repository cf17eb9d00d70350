import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import type { Field, FieldPart } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { AnyKind } from '../any-field.js'
import { WrapperField } from '../containers/wrapper-field.js'
import { ofRecordsOnly } from './of-records-only.js'

/** What a computed field can be told besides its expression and its type. */
export type ComputedFieldOptions = Pick<FieldOptions, 'dbField' | 'comment' | 'permissions' | 'hidden'>

class ComputedKind<Value> extends WrapperField<Value> {
  constructor(expression: CompiledQuery, inner: Field<Value>, options: ComputedFieldOptions = {}) {
    super(inner, { ...(options as FieldOptions<Value>), computed: expression })
  }

  override asPart(holder: string): never {
    throw ofRecordsOnly(holder, 'a ComputedField; the database computes fields of a record only. Compute the whole')
  }

  /** It is the type of what comes out, as a whole. */
  override typeExpression(): string {
    return this.inner.typeExpression()
  }

  override parts(): readonly FieldPart[] {
    return []
  }

  override collectChanges(): void {
    // nothing of it is stored
  }
}

/**
 * A value that the database computes from the record whenever it is read; a FutureField is the same. It is never stored and cannot be given. The
 * field says of what kind it is; without one it is taken as it comes. Its name in the database is one that needs no quotes.
 *
 * @example
 * ```ts
 * import { Collection, ComputedField, Document, IntField, surql } from 'surrealengine'
 *
 * @Collection('computed_field_example')
 * class Item extends Document<Item>() {
 *   @IntField({ required: true }) price!: number
 *   @IntField({ required: true }) amount!: number
 *   @ComputedField(surql`price * amount`, IntField()) readonly total?: number
 * }
 * Item.objects.filter({ total__gte: 100 })
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `total` ON `computed_field_example` TYPE none | null | int COMPUTED price * amount
 * ```
 */
export function ComputedField<Value = unknown>(
  expression: CompiledQuery,
  field?: FieldDecorator<Value>,
  options?: ComputedFieldOptions,
): FieldDecorator<Value> {
  const inner = field?.field.asPart('A ComputedField') ?? (new AnyKind() as Field<unknown> as Field<Value>)
  return fieldDecorator(new ComputedKind(expression, inner, options))
}
