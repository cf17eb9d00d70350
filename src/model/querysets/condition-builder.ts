import { softDeletion } from '../../persistence/soft-deletion.js'
import type { RecordExpression, TypedExpression } from '../../query/expressions/expression-types.js'
import { parseWhere } from '../../query/expressions/record-expression.js'
import type { CheckInput, FilterInput } from '../../query/lookup-types.js'
import type { Asked } from '../../query/row-types.js'
import { askedOf } from '../../query/asked-of.js'
import { parseCondition } from '../../query/parse-condition.js'
import { withConditions, type DeletedRecords } from '../../query/query.js'
import { not } from '../../surrealql/nodes/expression.js'
import type { SoftlyDeleted } from '../softly-deleted.js'
import { QueryBuilder } from './query-builder.js'

/** What makes a call on a model without `SoftDelete` an error of the compiler. */
export type OnlyWhereSoft<Model> = Model extends SoftlyDeleted
  ? unknown
  : { readonly 'model error': 'it has no SoftDelete' }

/** Which records are asked for. */
export abstract class ConditionBuilder<Model, Row> extends QueryBuilder<Model, Row> {
  /**
   * The records for which every term holds: `{ age__gte: 18, address__city: 'Paris' }`.
   *
   * A term is a field, or a field and a lookup: `exact ne gt gte lt lte in isnull contains startswith` and many
   * more, each where it makes sense (docs/queries.md). An unknown field
   * or lookup, `undefined`, or a value of the wrong kind is a LookupError, and does not compile.
   *
   * @example
   * ```ts
   * import { Collection, Document, IntField } from 'surrealengine'
   *
   * @Collection('filter_example')
   * class Person extends Document<Person>() {
   *   @IntField() age?: number
   * }
   * Person.objects.filter({ age__gte: 18 }).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM `filter_example` WHERE (`age` >= $p0)
   * ```
   */
  filter<const Filter extends FilterInput<Asked<Model, Row>>>(
    filter: Filter & CheckInput<Asked<Model, Row>, Filter>,
  ): this {
    const condition = parseCondition(askedOf(this.query), filter)
    return condition ? this.with(withConditions(this.query, [condition])) : this
  }

  /**
   * The records for which not every term holds. A record without a value is kept: what is missing does not match.
   *
   * @example
   * ```ts
   * import { Collection, Document, StringField } from 'surrealengine'
   *
   * @Collection('exclude_example')
   * class Person extends Document<Person>() {
   *   @StringField() status?: string
   * }
   * Person.objects.exclude({ status: 'banned' }).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM `exclude_example` WHERE !(`status` = $p0)
   * ```
   */
  exclude<const Filter extends FilterInput<Asked<Model, Row>>>(
    filter: Filter & CheckInput<Asked<Model, Row>, Filter>,
  ): this {
    const condition = parseCondition(askedOf(this.query), filter)
    return condition ? this.with(withConditions(this.query, [not(condition)])) : this
  }

  /**
   * The records of which the function says something true: `u` has every field of the model as a typed expression, those
   * of embedded and linked documents too, with comparisons and the engine's functions as methods (docs/expressions.md). What
   * is missing matches as little as in {@link filter}.
   *
   * @example
   * ```ts
   * import { Collection, Document, IntField, StringField } from 'surrealengine'
   *
   * @Collection('where_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   *   @IntField() age?: number
   * }
   * Person.objects.where((u) => u.age.gte(18).and(u.name.startsWith('A'))).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM `where_example` WHERE ((`age` >= $p0) AND (type::is_string(`name`) AND string::starts_with(`name`, $p1)))
   * ```
   */
  where(ask: (record: RecordExpression<Asked<Model, Row>>) => TypedExpression<boolean>): this {
    return this.with(withConditions(this.query, [parseWhere(askedOf(this.query), ask)]))
  }

  /** Lets `update()` and `delete()` touch every record. */
  allowAll(): this {
    return this.with({ ...this.query, allowAll: true })
  }

  /**
   * The records that are marked as deleted as well: of a model with `SoftDelete`, whose queries leave them out otherwise.
   *
   * @example
   * ```ts
   * import { Collection, Document, SoftDelete, StringField } from 'surrealengine'
   *
   * @Collection('with_deleted_example')
   * class Note extends SoftDelete(Document<Note>()) {
   *   @StringField() text?: string
   * }
   * Note.objects.withDeleted().filter({ text: 'x' }).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM `with_deleted_example` WHERE (`text` = $p0)
   * ```
   */
  withDeleted(this: this & OnlyWhereSoft<Model>): this {
    return this.#withDeleted('with')
  }

  /** The records that are marked as deleted, and no others; see {@link withDeleted}. */
  onlyDeleted(this: this & OnlyWhereSoft<Model>): this {
    return this.#withDeleted('only')
  }

  #withDeleted(deleted: DeletedRecords): this {
    softDeletion(this.query.meta)
    return this.with({ ...this.query, deleted })
  }
}
