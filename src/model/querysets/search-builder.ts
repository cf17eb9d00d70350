import type { CheckPaths, PathName } from '../../query/lookup-types.js'
import { distanceSearch } from '../../query/search/distance.js'
import { fullTextSearch } from '../../query/search/full-text.js'
import { withHybrid } from '../../query/search/hybrid.js'
import { nearestSearch } from '../../query/search/nearest.js'
import { withSearchPart } from '../../query/search/search.js'
import type {
  CheckSearch,
  DistanceFound,
  HybridFound,
  NearestOptions,
  PointInput,
  PointPath,
  SearchFound,
  SearchedFields,
  SearchOptions,
  TextPath,
  VectorInput,
  VectorPath,
} from '../../query/search/search-types.js'
import type { Query } from '../../query/query.js'
import { ClauseBuilder } from './clause-builder.js'
import type { QuerySet } from './query-set.js'

/** Words by the fields they are looked for in. */
type WordsByField<Model, Words> = {
  readonly [Name in keyof Words]: TextPath<Model, Name> extends string ? string : TextPath<Model, Name>
}

/** What `hybrid()` is told: what `search()` and `nearest()` would be told, one after the other. */
export interface HybridInput<Path extends string = string> {
  readonly search: readonly [words: string, options?: Omit<SearchOptions, 'highlight' | 'offsets'>]
  readonly nearest: readonly [field: Path, vector: VectorInput, options?: NearestOptions]
  /** The larger it is, the less the first places count. Default: 60. */
  readonly constant?: number
}

/** Searches: by words, by vectors, by both, and by the distance of points. A queryset has one of them. */
export abstract class SearchBuilder<Model, Row> extends ClauseBuilder<Model, Row> {
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
  search<const Options extends SearchOptions<PathName<Model>> = object>(
    words: string,
    options?: Options & CheckSearch<Model, Options>,
  ): QuerySet<Model, Row & SearchFound<Model, SearchedFields<Model, Options>, Options>>
  search<
    const Words extends { readonly [Name in PathName<Model>]?: unknown },
    const Options extends Omit<SearchOptions, 'fields'> = object,
  >(
    words: Words & WordsByField<Model, Words>,
    options?: Options,
  ): QuerySet<Model, Row & SearchFound<Model, keyof Words & string, Options>>
  search(words: unknown, options?: SearchOptions): QuerySet<Model, never> {
    return this.#found(withSearchPart(this.query, fullTextSearch(this.query.meta, words, options)))
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
    field: Path & CheckPaths<Model, readonly [Path]>[0] & VectorPath<Model, Path>,
    vector: VectorInput,
    options?: NearestOptions,
  ): QuerySet<Model, Row & DistanceFound> {
    return this.#found(withSearchPart(this.query, nearestSearch(this.query.meta, field, { ...options, vector })))
  }

  /**
   * The documents that are in front in a search for words and in one for vectors, by reciprocal rank fusion: each has its
   * `rrf` besides its fields, which is not saved. Both searches give their first `k`. One round trip; from version 3 on.
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
  hybrid<const Path extends PathName<Model>>(
    parts: HybridInput<Path> & { readonly nearest: readonly [VectorPath<Model, Path>, ...unknown[]] },
  ): QuerySet<Model, Row & HybridFound> {
    return this.#found(withHybrid(this.query, parts))
  }

  /**
   * The documents that have a point in this field, the ones nearest to another point first: each has its `distance` in metres
   * besides its fields, which is not saved.
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
  orderByDistance<const Path extends PathName<Model>>(
    field: Path & CheckPaths<Model, readonly [Path]>[0] & PointPath<Model, Path>,
    point: PointInput,
  ): QuerySet<Model, Row & DistanceFound> {
    return this.#found(withSearchPart(this.query, distanceSearch(this.query.meta, field, point)))
  }

  #found<Other>(query: Query): QuerySet<Model, Other> {
    return this.with(query) as unknown as QuerySet<Model, Other>
  }
}
