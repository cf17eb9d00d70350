import type { Scope, TypedValue } from './typed-value.js'

/** A method that was called on an expression. */
export interface MethodCall {
  readonly value: TypedValue
  readonly name: string
  readonly given: readonly unknown[]
  readonly scope: Scope
  /** Makes an expression of a value, for a function that was given to the method. */
  readonly express: (value: TypedValue, scope: Scope) => object
}
