import type { Field } from '../../fields/field.js'
import type { Resolve } from './resolve-expression.js'
import type { Scope, TypedValue } from './typed-value.js'

/** A method that was called on an expression. */
export interface MethodCall {
  readonly value: TypedValue
  readonly name: string
  readonly given: readonly unknown[]
  readonly scope: Scope
  /** Makes an expression of a field, for a function that was given to the method. */
  express(resolve: Resolve, where: string, field: Field): object
}
