import { binary, call, list, type Expression, type IdiomStep } from '../../surrealql/nodes/expression.js'

/** One step of a filter's path into a field: `address__city`, `tags__0`, `homes__city`, `name__len`. */
export type FilterStep<Field> =
  /** What stands under a key, or at a place of a list; behind a link, in the linked record. */
  | { readonly kind: 'key'; readonly key: IdiomStep; readonly field: Field }
  /** The items of a list: what follows is asked of any of them, or of every one. */
  | {
      readonly kind: 'items'
      readonly every: boolean
      readonly field: Field
      items(value: Expression): Expression
    }
  /** Something made of the value. */
  | ({ readonly kind: 'transform' } & Transform<Field>)

/** A value made of a field's value inside a filter; what is asked of it are the lookups of `field`. */
export interface Transform<Field> {
  readonly field: Field
  build(value: Expression): Expression
}

/** Transforms by the name behind `__`. */
export type TransformTable<Field> = Readonly<Record<string, Transform<Field>>>

/** The items of a list. */
export const itemsOfList = (value: Expression): Expression => value

/** The items of a set; the engine looks for conditions inside of lists only. */
export const itemsOfSet = (value: Expression): Expression => call('type::array', binary(value, '??', list()))
