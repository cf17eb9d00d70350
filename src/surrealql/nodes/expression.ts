/**
 * `surrealql/` says what SurrealQL looks like: statements as plain frozen data in `nodes/`, and their text in `compiler/`.
 * It knows no models and does no I/O; every layer above it may build nodes and call `compile`.
 */

/** Operators with a left and a right side, spelled the same on every server version. */
export type BinaryOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'IN' | 'NOT IN' | 'CONTAINS' | '+' | '??'

/** A function of the engine. Its spelling may differ by server version: see `Dialect.functionNames`. */
export type FunctionName = 'count' | 'string::starts_with' | 'type::is_string' | 'type::set'

/** Anything that has a value inside a statement. */
export type Expression =
  | { readonly kind: 'idiom'; readonly path: readonly string[] }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'constant'; readonly name: 'NONE' | 'NULL' | 'true' }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'logical'; readonly operator: 'AND' | 'OR'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not'; readonly term: Expression }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly arguments: readonly Expression[] }

/** A path to a field: `address.city`. */
export const idiom = (...path: readonly string[]): Expression => ({ kind: 'idiom', path })

/** A value that travels as a binding, never as text. */
export const bound = (value: unknown): Expression => ({ kind: 'value', value })

/** A keyword that is a value. */
export const constant = (name: 'NONE' | 'NULL' | 'true'): Expression => ({ kind: 'constant', name })

/** `left operator right`. */
export const binary = (left: Expression, operator: BinaryOperator, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
})

/** All terms hold. No term at all is always true. */
export const and = (...terms: readonly Expression[]): Expression => ({ kind: 'logical', operator: 'AND', terms })

/** At least one term holds. No term at all is never true. */
export const or = (...terms: readonly Expression[]): Expression => ({ kind: 'logical', operator: 'OR', terms })

/** The term does not hold. */
export const not = (term: Expression): Expression => ({ kind: 'not', term })

/** A call of one of the engine's functions. */
export const call = (name: FunctionName, ...values: readonly Expression[]): Expression => ({
  kind: 'call',
  name,
  arguments: values,
})
