import { annotate } from '../../query/aggregates/annotate.js'
import type { AnnotationInput, AnnotationValues, CheckAnnotations } from '../../query/aggregates/aggregate-types.js'
import type { CheckPaths, FieldName, PathName, ValueAt } from '../../query/lookup-types.js'
import type { PartialModel, PlainModel, PlainValues } from '../../query/row-types.js'
import { distinctRowForm, partialRowForm, plainRowForm, valueRowForm, rowFormWithout } from '../../query/row-form.js'
import type { Query } from '../../query/query.js'
import type { QuerySetParts } from './query-builder.js'
import { RowWriter } from './row-writer.js'

/**
 * A question about the records of a model. Immutable: every method that narrows it gives a new one, and nothing is sent
 * before a finishing method (`all`, `first`, `count`, …) is called. Awaiting it is `all()`. `Row` is what becomes of each
 * record: a document, unless `only`, `values`, `pluck` … say otherwise.
 */
export class QuerySet<Model, Row = Model> extends RowWriter<Model, Row> {
  /** @internal */
  protected override derive(parts: QuerySetParts): this {
    return new QuerySet(parts) as this
  }

  /**
   * Documents that were loaded with these fields and the id alone; the others are undefined. Changes of what was loaded can
   * be saved; `refresh()` loads the rest.
   *
   * @example
   * ```ts
   * import { Collection, Document, IntField, StringField } from 'surrealengine'
   *
   * @Collection('only_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   *   @IntField() age?: number
   * }
   * Person.objects.only('name').toSurrealQL()
   * ```
   * ```surql
   * SELECT `id`, `name` FROM `only_example`
   * ```
   */
  only<const Names extends readonly FieldName<Model>[]>(
    ...names: Names
  ): QuerySet<Model, PartialModel<Model, Names[number]>> {
    return this.#shape(partialRowForm(this.query, names))
  }

  /** Documents that were loaded without these fields; see {@link only}. */
  omit<const Names extends readonly Exclude<FieldName<Model>, 'id'>[]>(
    ...names: Names
  ): QuerySet<Model, PartialModel<Model, Exclude<FieldName<Model>, Names[number]>>> {
    return this.#shape(rowFormWithout(this.query, names))
  }

  /**
   * Plain objects with these values, by the names that were asked for: `author__name` is a name too. Without names, all the
   * fields of the model.
   *
   * @example
   * ```ts
   * import { Collection, Document, Embeddable, EmbeddedDocument, EmbeddedField, StringField } from 'surrealengine'
   *
   * @Embeddable()
   * class Address extends EmbeddedDocument<Address>() {
   *   @StringField() city?: string
   * }
   * @Collection('values_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   *   @EmbeddedField(() => Address) address?: Address
   * }
   * Person.objects.values('name', 'address__city').toSurrealQL()
   * ```
   * ```surql
   * SELECT `name` AS `name`, `address`.`city` AS `address__city` FROM `values_example`
   * ```
   */
  values(): QuerySet<Model, PlainModel<Model>>
  values<const Paths extends readonly PathName<Model>[]>(
    ...paths: Paths & CheckPaths<Model, Paths>
  ): QuerySet<Model, PlainValues<Model, Paths[number]>>
  values(...paths: readonly string[]): QuerySet<Model, unknown> {
    return this.#shape(plainRowForm(this.query, paths))
  }

  /** Plain objects with all fields of the model instead of documents: {@link values} without names. */
  asPlain(): QuerySet<Model, PlainModel<Model>> {
    return this.values()
  }

  /**
   * One value of each record.
   *
   * @example
   * ```ts
   * import { Collection, Document, StringField } from 'surrealengine'
   *
   * @Collection('pluck_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   * }
   * Person.objects.pluck('name').toSurrealQL()
   * ```
   * ```surql
   * SELECT VALUE `name` FROM `pluck_example`
   * ```
   */
  pluck<const Path extends PathName<Model>>(
    path: Path & CheckPaths<Model, readonly [Path]>[0],
  ): QuerySet<Model, ValueAt<Model, Path>> {
    return this.#shape(valueRowForm(this.query, path))
  }

  /**
   * Each row of {@link values} or {@link pluck} once; `count()` counts them so. They can be ordered by what they hold. A
   * missing value and NULL are two values.
   *
   * @example
   * ```ts
   * import { Collection, Document, StringField } from 'surrealengine'
   *
   * @Collection('distinct_example')
   * class Person extends Document<Person>() {
   *   @StringField() city?: string
   * }
   * Person.objects.pluck('city').distinct().orderBy('city').toSurrealQL()
   * ```
   * ```surql
   * SELECT VALUE `city` FROM (SELECT `key0` AS `city` FROM (SELECT `city` AS `key0` FROM `distinct_example` GROUP BY `key0`) ORDER BY `city` ASC)
   * ```
   */
  distinct(): this {
    return this.with(distinctRowForm(this.query))
  }

  /**
   * The records with values that are made of their fields: a path, or an aggregate of a list inside of the record. They
   * come with documents, as properties that are not saved, and with `values()`; filters and orders may name them.
   *
   * @example
   * ```ts
   * import { Collection, Count, Document, ListField, StringField } from 'surrealengine'
   *
   * @Collection('annotate_example')
   * class Person extends Document<Person>() {
   *   @StringField() name?: string
   *   @ListField(StringField()) tags?: string[]
   * }
   * Person.objects.annotate({ length: 'name__len', tagCount: Count('tags') }).filter({ tagCount__gt: 1 }).toSurrealQL()
   * ```
   * ```surql
   * SELECT *, array::at([$p0, (IF type::is_string(`name`) { string::len(`name`) } ELSE { NONE })], $p1) AS `length`, array::at([$p2, array::len((`tags` ?? [])[WHERE (($this != NONE) AND ($this != NULL))])], $p3) AS `tagCount` FROM `annotate_example` WHERE (array::len((`tags` ?? [])[WHERE (($this != NONE) AND ($this != NULL))]) > $p4)
   * ```
   */
  annotate<const Given extends AnnotationInput>(
    given: Given & CheckAnnotations<Model, Given>,
  ): QuerySet<Model & AnnotationValues<Model, Given>, Row & AnnotationValues<Model, Given>> {
    return new QuerySet({ ...this.parts, query: annotate(this.query, given) })
  }

  #shape<Other>(query: Query): QuerySet<Model, Other> {
    return new QuerySet<Model, Other>({ ...this.parts, query })
  }
}
