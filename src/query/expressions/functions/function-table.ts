import type { BinaryOperator, Expression, FunctionName } from '../../../surrealql/nodes/expression.js'

/**
 * What an argument or a result is: a family of values, or something that follows from the value it is asked of. `same` is
 * another such value, `element` one of its elements, and `elements` a list of those.
 */
export type ValueKind =
  | 'text'
  | 'number'
  | 'whole'
  | 'boolean'
  | 'moment'
  | 'duration'
  | 'geometry'
  | 'uuid'
  | 'record'
  | 'bytes'
  | 'texts'
  | 'numbers'
  | 'same'
  | 'element'
  | 'elements'
  | 'set'
  | 'any'

/** One argument: `text`, one that may be left out, `text?`, or as many as one likes, `...text`. */
export type ArgumentKind = ValueKind | `${ValueKind}?` | `...${ValueKind}`

/** A result; `element?` may be missing although the value it is made of is not. */
export type ResultKind = ValueKind | `${ValueKind}?`

/** One method of typed expressions. */
export interface FunctionEntry {
  /** What the engine calls it; the value comes first, then the arguments. An operator has one argument. */
  readonly engine: FunctionName | BinaryOperator | ((value: Expression, ...given: Expression[]) => Expression)
  readonly takes: readonly ArgumentKind[]
  readonly gives: ResultKind
  /** What has to be true of the value besides being of its family: the result is missing otherwise. */
  readonly needs?: FunctionName
  /** It can be asked of a missing value too. */
  readonly takesMissing?: true
}

/** Methods by name. */
export type FunctionTable = Readonly<Record<string, FunctionEntry>>
