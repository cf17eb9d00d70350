/**
 * `surrealql/` says what SurrealQL looks like: statements as plain frozen data in `nodes/`, and their text in `compiler/`.
 * It knows no models and does no I/O; every layer above it may build nodes and call `compile`.
 */

/** Operators with a left and a right side, spelled the same on every server version. */
export type BinaryOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'IN'
  | 'NOT IN'
  | 'CONTAINS'
  | 'CONTAINSANY'
  | 'CONTAINSALL'
  | 'CONTAINSNONE'
  | 'INSIDE'
  | 'INTERSECTS'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '??'

/** A function of the engine, as the newest server spells it: see `Dialect.spellFunction`. */
export type FunctionName = 'count' | `${string}::${string}`

/** A keyword that is a value; `$this` is what a condition inside a list is about. */
export type ConstantName = 'NONE' | 'NULL' | 'true' | 'false' | '$this'

/** One step of a path: a key of an object, or the place in a list. */
export type IdiomStep = string | number

/** Anything that has a value inside a statement. */
export type Expression =
  | { readonly kind: 'idiom'; readonly path: readonly IdiomStep[] }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'constant'; readonly name: ConstantName }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'logical'; readonly operator: 'AND' | 'OR'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not'; readonly term: Expression }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly arguments: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  /** What stands under a key, or at a place, of a value that is no path itself. */
  | { readonly kind: 'member'; readonly of: Expression; readonly step: IdiomStep }
  /** The items of a list for which a condition holds; in it, a path begins at the item, and `$this` is the item. */
  | { readonly kind: 'filtered'; readonly list: Expression; readonly condition: Expression }
  | {
      readonly kind: 'conditional'
      readonly condition: Expression
      readonly value: Expression
      readonly otherwise: Expression
    }
  | { readonly kind: 'search'; readonly term: SearchTerm }

/** What only searches are made of. */
export type SearchTerm =
  | FullTextMatch
  | NearestVectors
  /** The number of a match, which the functions of `search::` take as a literal only. */
  | { readonly kind: 'reference'; readonly reference: number }

/** A text has words, as its full-text index sees them. */
export interface FullTextMatch {
  readonly kind: 'match'
  readonly value: Expression
  /** By which the functions of `search::` know it. */
  readonly reference: number
  readonly words: unknown
  /** Another match stands before it in the same AND: see `Dialect.forgetsMatches`. */
  readonly isFurther?: boolean
  /** One of the words is enough. */
  readonly any?: boolean
}

/** A vector is one of those that are the nearest to another one. */
export interface NearestVectors {
  readonly kind: 'nearest'
  readonly value: Expression
  readonly vector: unknown
  readonly count: number
  /** What is near, in the engine's words. */
  readonly metric: string
  /** How many candidates are looked at in the index; without it, every record is. */
  readonly candidates?: number
}

/** A path to a field: `address.city`, `tags[0]`. */
export const idiom = (...path: readonly IdiomStep[]): Expression => ({ kind: 'idiom', path })

/** A value that travels as a binding, never as text. */
export const bound = (value: unknown): Expression => ({ kind: 'value', value })

/** A keyword that is a value. */
export const constant = (name: ConstantName): Expression => ({ kind: 'constant', name })

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

/** The term does not hold. Three of them are one: a long row of `!` ends the process of an engine that reads it. */
export const not = (term: Expression): Expression =>
  term.kind === 'not' && term.term.kind === 'not' ? term.term : { kind: 'not', term }

/** A call of one of the engine's functions. */
export const call = (name: FunctionName, ...values: readonly Expression[]): Expression => ({
  kind: 'call',
  name,
  arguments: values,
})

/** What stands under a key of a value, or at a place of it. Inside a list, a path begins at the item. */
export const member = (of: Expression, step: IdiomStep): Expression => {
  if (of.kind === 'idiom') return idiom(...of.path, step)
  if (of.kind === 'constant' && typeof step === 'string') return idiom(step)
  return { kind: 'member', of, step }
}

/** A list of expressions. */
export const list = (...items: readonly Expression[]): Expression => ({ kind: 'list', items })

/** The items of a list for which a condition holds; what is no list at all has none. */
export const filtered = (items: Expression, condition: Expression): Expression => ({
  kind: 'filtered',
  list: items,
  condition,
})

/** One value where a condition holds, and another one, NONE unless said otherwise, where it does not. */
export const conditional = (
  condition: Expression,
  value: Expression,
  otherwise: Expression = constant('NONE'),
): Expression => ({ kind: 'conditional', condition, value, otherwise })

/** A part of a search. */
export const searchTerm = (term: SearchTerm): Expression => ({ kind: 'search', term })
