import type { CheckPaths, FieldName, PathName, ValueAt } from '../../query/lookup-types.js'
import { withPrefetch, type AskedAlong } from '../../query/prefetch.js'
import { withFetched } from '../../query/fetch-links.js'
import type {
  CheckAlong,
  CheckLinks,
  Fetched,
  LinkName,
  PartialModel,
  PlainModel,
  PlainValues,
  WithAlong,
} from '../../query/row-types.js'
import { partialRowForm, plainRowForm, valueRowForm, rowFormWithout } from '../../query/row-form.js'
import type { Query } from '../../query/query.js'
import { isPlainObject } from '../../values.js'
import { IncomingRows } from './incoming.js'
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
   * The links at these paths come back as the documents behind them, those on the way there included: `company__owner` is
   * the company and its owner. Of a list of links, each is replaced. A link without a record stays an id. Saving the
   * document stores the ids alone.
   *
   * @example
   * ```ts
   * import { Collection, Document, ReferenceField, StringField, type Ref } from 'surrealengine'
   *
   * @Collection('fetch_company')
   * class Company extends Document<Company>() {
   *   @StringField() name?: string
   * }
   * @Collection('fetch_example')
   * class Person extends Document<Person>() {
   *   @ReferenceField(() => Company) company?: Ref<Company>
   * }
   * Person.objects.fetch('company').toSurrealQL()
   * ```
   * ```surql
   * SELECT *, [`company`] AS `$ids` FROM `fetch_example` FETCH `company`
   * ```
   */
  fetch<const Paths extends readonly PathName<Model>[]>(
    ...paths: Paths & CheckLinks<Model, Paths>
  ): QuerySet<Model, Fetched<Row, Paths[number]>> {
    return this.#shape(withFetched(this.query, paths))
  }

  /**
   * Loads records along that belong to those of this query, in one more round trip, however many there are: the documents
   * behind links, by the names of those, or by an object with a queryset that says which and how; and what links to the
   * records, with `Incoming`. Links whose document is not found, or is left out, stay ids. What is incoming is no field:
   * it is neither saved nor part of `toJSON()`.
   *
   * @example
   * ```ts
   * import { Collection, Document, Incoming, ReferenceField, StringField, type Ref } from 'surrealengine'
   *
   * @Collection('prefetch_author')
   * class Author extends Document<Author>() {
   *   @StringField() name?: string
   * }
   * @Collection('prefetch_post')
   * class Post extends Document<Post>() {
   *   @StringField() title?: string
   *   @ReferenceField(() => Author) author?: Ref<Author>
   * }
   * const posts = Post.objects.prefetch('author')
   * const named = Post.objects.prefetch({ author: Author.objects.only('name') })
   * const authors = Author.objects.prefetch({ posts: Incoming(Post.objects.filter({ title__startswith: 'A' }), 'author') })
   * ```
   * ```surql
   * SELECT * FROM `prefetch_post`
   * SELECT * FROM $p0
   * ```
   */
  prefetch<const Names extends readonly LinkName<Model>[]>(
    ...names: Names
  ): QuerySet<Model, Fetched<Row, Names[number]>>
  prefetch<const Along extends Readonly<Record<string, unknown>>>(
    along: Along & CheckAlong<Model, Along>,
  ): QuerySet<Model, WithAlong<Row, Along>>
  prefetch(...along: readonly unknown[]): QuerySet<Model, unknown> {
    return this.#shape(withPrefetch(this.query, along.flatMap(QuerySet.#alongOf)))
  }

  #shape<Other>(query: Query): QuerySet<Model, Other> {
    return new QuerySet<Model, Other>({ ...this.parts, query })
  }

  /** What is to be loaded along, by its name. */
  static #alongOf(this: void, along: unknown): readonly AskedAlong[] {
    if (!isPlainObject(along)) return [{ name: String(along) }]
    return Object.entries(along).map(([name, given]) => {
      const { queryset, by } = given instanceof IncomingRows ? given : { queryset: given, by: undefined }
      return { name, query: queryset instanceof QuerySet ? queryset.parts.query : null, by }
    })
  }
}
