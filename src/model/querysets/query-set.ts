import { annotate } from '../../query/aggregates/annotate.js'
import type {
  Annotated,
  AnnotationInput,
  AnnotationValues,
  WrongAnnotations,
} from '../../query/aggregates/aggregate-types.js'
import type { CheckPaths, OrderTerm, PathName, ValueAt } from '../../query/lookup-types.js'
import { distinctRowForm, partialRowForm, plainRowForm, valueRowForm, rowFormWithout } from '../../query/row-form.js'
import type { Query } from '../../query/query.js'
import { distanceSearch } from '../../query/search/distance.js'
import { fullTextSearch } from '../../query/search/full-text.js'
import { withHybrid } from '../../query/search/hybrid.js'
import { nearestSearch } from '../../query/search/nearest.js'
import { withSearchPart } from '../../query/search/with-search.js'
import type * as search from '../../query/search/search-types.js'
import { withPrefetch, type AskedAlong } from '../../query/prefetch.js'
import { withFetched } from '../../query/with-fetched.js'
import type {
  Asked,
  CheckAlong,
  CheckLinks,
  Fetched,
  Found,
  PartialModel,
  PlainModel,
  PlainValues,
  StillFound,
  StoredName,
  WithAlong,
} from '../../query/row-types.js'
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
  only<const Names extends readonly StoredName<Model>[]>(
    ...names: Names
  ): QuerySet<Model, StillFound<Row, PartialModel<Model, Names[number]>>> {
    return this.#shape(partialRowForm(this.query, names))
  }

  /** Documents that were loaded without these fields; see {@link only}. */
  omit<const Names extends readonly Exclude<StoredName<Model>, 'id'>[]>(
    ...names: Names
  ): QuerySet<Model, StillFound<Row, PartialModel<Model, Exclude<StoredName<Model>, Names[number]>>>> {
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
  values(): QuerySet<Model, PlainModel<Asked<Model, Row>>>
  values<const Paths extends readonly PathName<Asked<Model, Row>>[]>(
    ...paths: Paths & CheckPaths<Asked<Model, Row>, Paths>
  ): QuerySet<Model, PlainValues<Asked<Model, Row>, Paths[number]>>
  values(...paths: readonly string[]): unknown {
    return this.#shape(plainRowForm(this.query, paths))
  }

  /** Plain objects with all fields of the model instead of documents: {@link values} without names. */
  asPlain(): QuerySet<Model, PlainModel<Asked<Model, Row>>> {
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
  pluck<const Path extends PathName<Asked<Model, Row>>>(
    path: Path & CheckPaths<Asked<Model, Row>, readonly [Path]>[0],
  ): QuerySet<Model, ValueAt<Asked<Model, Row>, Path>> {
    return this.#shape(valueRowForm(this.query, path))
  }

  /**
   * The documents that have these words in any of some fields, the best ones first: each has its `score` besides its fields,
   * which is not saved. The fields need full-text indexes, which say what a word is; one without is a LookupError. Without
   * `fields`, every field with such an index is looked at. With words for each field, all of them have to fit.
   *
   * @example
   * ```ts
   * import { Analyzer, Collection, Document, StringField } from 'surrealengine'
   *
   * const words = new Analyzer('search_words', { tokenizers: ['class'], filters: ['lowercase'] })
   *
   * @Collection('search_example')
   * class Article extends Document<Article>() {
   *   @StringField({ index: { fulltext: { analyzer: words, highlights: true } } }) title?: string
   * }
   * Article.objects.search('gold ring', { fields: ['title'], highlight: true }).limit(5).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM (SELECT *, search::score(0) AS `__score`, [search::highlight($p0, $p1, 0)] AS `__highlights` FROM `search_example` WHERE (`title` @0@ $p2)) ORDER BY `__score` DESC, `id` ASC LIMIT $p3
   * ```
   */
  search<const Options extends search.SearchOptions<PathName<Model>> = object>(
    words: string,
    options?: Options & search.CheckSearch<Model, Options>,
  ): QuerySet<Model, Row & Found<search.SearchFound<Model, search.SearchedFields<Model, Options>, Options>>>
  search<
    const Words extends { readonly [Name in PathName<Model>]?: unknown },
    const Options extends Omit<search.SearchOptions, 'fields'> = object,
  >(
    words: Words & search.WordsByField<Model, Words>,
    options?: Options,
  ): QuerySet<Model, Row & Found<search.SearchFound<Model, keyof Words & string, Options>>>
  search(words: unknown, options?: search.SearchOptions): unknown {
    return this.#shape(withSearchPart(this.query, fullTextSearch(this.query.meta, words, options)))
  }

  /**
   * The `k` documents whose vector is the nearest to this one, the nearest first: each has its `distance` besides its fields,
   * which is not saved. They are looked for by the HNSW index of the field, where there is one, and among all records
   * otherwise. Of the records that `filter()` and the other conditions leave, that is. A vector of another length is a
   * LookupError.
   *
   * @example
   * ```ts
   * import { Collection, Document, VectorField } from 'surrealengine'
   *
   * @Collection('nearest_example')
   * class Article extends Document<Article>() {
   *   @VectorField(3, { index: { hnsw: { dimension: 3, distance: 'cosine' } } }) embedding?: number[]
   * }
   * Article.objects.nearest('embedding', [0.1, 0.2, 0.3], { k: 5 }).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `nearest_example` WITH INDEX `nearest_example_embedding_hnsw` WHERE (`embedding` <|5,100|> $p0)) ORDER BY `__distance` ASC, `id` ASC
   * ```
   */
  nearest<const Path extends PathName<Model>>(
    field: Path & CheckPaths<Model, readonly [Path]>[0] & search.VectorPath<Model, Path>,
    vector: search.VectorInput,
    options?: search.NearestOptions,
  ): QuerySet<Model, Row & Found<search.DistanceFound>> {
    return this.#shape(withSearchPart(this.query, nearestSearch(this.query.meta, field, { ...options, vector })))
  }

  /**
   * The documents that are in front in a search for words and in one for vectors, by reciprocal rank fusion: each has its
   * `rrf` besides its fields, which is not saved. With `weights`, it is the weighted sum of score and distance, `linear`,
   * that decides. Both searches give their first `k`. One round trip; from version 3 on.
   *
   * @example
   * ```ts
   * import { Analyzer, Collection, Document, StringField, VectorField } from 'surrealengine'
   *
   * const words = new Analyzer('hybrid_words', { tokenizers: ['class'], filters: ['lowercase'] })
   *
   * @Collection('hybrid_example')
   * class Article extends Document<Article>() {
   *   @StringField({ index: { fulltext: { analyzer: words } } }) title?: string
   *   @VectorField(2, { index: { hnsw: { dimension: 2 } } }) embedding?: number[]
   * }
   * Article.objects.hybrid({ search: ['ring'], nearest: ['embedding', [1, 2], { k: 20 }] }).limit(5).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM search::rrf([(SELECT * FROM (SELECT *, search::score(0) AS `__score` FROM `hybrid_example` WHERE (`title` @0@ $p0)) ORDER BY `__score` DESC, `id` ASC LIMIT $p1), (SELECT * FROM (SELECT *, vector::distance::knn() AS `__distance` FROM `hybrid_example` WITH INDEX `hybrid_example_embedding_hnsw` WHERE (`embedding` <|20,100|> $p2)) ORDER BY `__distance` ASC, `id` ASC LIMIT $p3)], $p4, $p5) ORDER BY `rrf_score` DESC, `id` ASC LIMIT $p6
   * ```
   */
  hybrid<const Path extends PathName<Model>, const Parts extends search.HybridInput<Path>>(
    parts: Parts &
      search.HybridInput<Path> & { readonly nearest: readonly [search.VectorPath<Model, Path>, ...unknown[]] },
  ): QuerySet<Model, Row & Found<search.HybridFound<Parts>>> {
    return this.#shape(withHybrid(this.query, parts))
  }

  /**
   * The documents that have a point in this field, the ones nearest to another point first, or with `-` in front of the
   * field the farthest ones: each has its `distance` in metres besides its fields, which is not saved.
   *
   * @example
   * ```ts
   * import { Collection, Document, type GeometryPoint, PointField } from 'surrealengine'
   *
   * @Collection('order_by_distance_example')
   * class Shop extends Document<Shop>() {
   *   @PointField() place?: GeometryPoint
   * }
   * Shop.objects.orderByDistance('place', [2.35, 48.85]).limit(3).toSurrealQL()
   * ```
   * ```surql
   * SELECT * FROM (SELECT *, geo::distance(`place`, $p0) AS `__distance` FROM `order_by_distance_example` WHERE type::is_point(`place`)) ORDER BY `__distance` ASC, `id` ASC LIMIT $p1
   * ```
   */
  orderByDistance<const Term extends OrderTerm<Model>>(
    field: Term & CheckPaths<Model, readonly [Term]>[0] & search.PointTerm<Model, Term>,
    point: search.PointInput,
  ): QuerySet<Model, Row & Found<search.DistanceFound>> {
    return this.#shape(withSearchPart(this.query, distanceSearch(this.query.meta, field, point)))
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
   * The records with values that are made of their fields: a path, an aggregate of a list inside of the record, or an
   * expression as `where()` has them. They come with documents, as properties that are not saved, and with `values()`;
   * filters and orders may name them. A name that documents have already is a LookupError.
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
   * Person.objects.annotate({ initial: (person) => person.name.slice(0, 1).uppercase() }).orderBy('initial').toSurrealQL()
   * ```
   * ```surql
   * SELECT *, array::at([$p0, (IF type::is_string(`name`) { string::len(`name`) } ELSE { NONE })], $p1) AS `length`, array::at([$p2, array::len((`tags` ?? [])[WHERE (($this != NONE) AND ($this != NULL))])], $p3) AS `tagCount` FROM `annotate_example` WHERE (array::len((`tags` ?? [])[WHERE (($this != NONE) AND ($this != NULL))]) > $p4)
   * ```
   */
  annotate<const Given extends AnnotationInput<Asked<Model, Row>>>(
    given: Given & WrongAnnotations<Asked<Model, Row>, Given>,
  ): QuerySet<Annotated<Model, Given>, Row & AnnotationValues<Model, Given>> {
    return new QuerySet({ ...this.parts, query: annotate(this.query, given) })
  }

  /**
   * The links at these paths come back as the documents behind them, those on the way there included: `company__owner` is
   * the company and its owner. Of a list of links, each is replaced; the engine follows none in a set, so those are loaded
   * by one more round trip. A link without a record stays an id. Saving the document stores the ids alone.
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
   * records, with `Incoming`. A path leads to links inside of documents and lists, and, by one more round trip each, behind
   * other links: `company__owner`. Links whose document is not found, or is left out, stay ids. What is incoming is no field:
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
  prefetch<const Names extends readonly PathName<Model>[]>(
    ...names: Names & CheckLinks<Model, Names>
  ): QuerySet<Model, Fetched<Row, Names[number]>>
  prefetch<const Along extends Readonly<Record<string, unknown>>>(
    along: Along & CheckAlong<Model, Along>,
  ): QuerySet<Model, WithAlong<Row, Along>>
  prefetch(...along: readonly unknown[]): unknown {
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
