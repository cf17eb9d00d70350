/** What `Q` puts together: filters, and what joins them. */
export type ConditionTree =
  | { readonly kind: 'filter'; readonly filter: unknown }
  | { readonly kind: 'and' | 'or'; readonly left: ConditionTree; readonly right: ConditionTree }
  | { readonly kind: 'not'; readonly term: ConditionTree }

/** What a filter may be joined with. */
export type Joinable<Filter> = Filter | Condition<Filter>

/**
 * A condition made of filters with `Q`; of no model yet: it is checked where it is used. `Filter` is the union of the
 * filters in it.
 */
export class Condition<Filter> {
  /** @internal For the compiler alone. */
  declare protected readonly filters: Filter
  /** @internal */
  readonly tree: ConditionTree

  /** @internal Start from `Q({ … })`. */
  constructor(tree: ConditionTree) {
    this.tree = tree
  }

  /** Both hold. */
  and<const Other extends object>(other: Joinable<Other>): Condition<Filter | Other> {
    return new Condition({ kind: 'and', left: this.tree, right: treeOf(other) })
  }

  /** At least one of the two holds. */
  or<const Other extends object>(other: Joinable<Other>): Condition<Filter | Other> {
    return new Condition({ kind: 'or', left: this.tree, right: treeOf(other) })
  }

  /** It does not hold; a record without a value is kept then: what is missing does not match. */
  not(): Condition<Filter> {
    return new Condition({ kind: 'not', term: this.tree })
  }
}

/**
 * A filter as a condition that can be joined with others, and given to `filter()` and `exclude()`. A filter without terms
 * says nothing, whatever it is joined with.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, Q, StringField } from 'surrealengine'
 *
 * @Collection('q_example')
 * class Person extends Document<Person>() {
 *   @StringField() name?: string
 *   @IntField() age?: number
 * }
 * Person.objects.filter(Q({ name: 'Ann' }).or({ age__gte: 18 })).toSurrealQL()
 * ```
 * ```surql
 * SELECT * FROM `q_example` WHERE ((`name` = $p0) OR (`age` >= $p1))
 * ```
 */
export function Q<const Filter extends object>(filter: Filter): Condition<Filter> {
  return new Condition({ kind: 'filter', filter })
}

function treeOf(given: unknown): ConditionTree {
  return given instanceof Condition ? given.tree : { kind: 'filter', filter: given }
}
