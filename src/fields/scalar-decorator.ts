import type { Field } from './field.js'
import { fieldDecorator, type FieldDecorator } from './field-decorator.js'

/** Makes the decorator of a field that points at no other class, so that its default can be checked at once. */
export function scalarDecorator<Value>(field: Field<Value>): FieldDecorator<Value> {
  field.checkDefault()
  return fieldDecorator(field)
}
