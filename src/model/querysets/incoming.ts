import type { PathName } from '../../query/lookup-types.js'
import type { CheckLinks, IncomingRowsOf } from '../../query/row-types.js'
import type { QueryBuilder } from './query-builder.js'

/** Records of another model that link to those of a query; see {@link Incoming}. */
export class IncomingRows<Row> implements IncomingRowsOf<Row> {
  /** @internal For the compiler alone. */
  declare readonly rows: Row
  /** @internal */
  readonly queryset: unknown
  /** @internal */
  readonly by: string

  /** @internal Use `Incoming`. */
  constructor(queryset: unknown, by: string) {
    this.queryset = queryset
    this.by = by
  }
}

/**
 * The records of a queryset whose link `by` leads to a record: for `prefetch()`, under a name that is no field. A `limit` and
 * a `start` are for each record, and not for all of them. Of a relation, `in` and `out` are its links; a link inside of
 * embedded documents, or of lists, is named by its path: `Incoming(Order.objects, 'items__product')`.
 *
 * @example
 * ```ts
 * import { Collection, Document, Incoming, ReferenceField, StringField, type Ref } from 'surrealengine'
 *
 * @Collection('incoming_author')
 * class Author extends Document<Author>() {
 *   @StringField() name?: string
 * }
 * @Collection('incoming_post')
 * class Post extends Document<Post>() {
 *   @StringField() title?: string
 *   @ReferenceField(() => Author) author?: Ref<Author>
 * }
 * const authors = Author.objects.prefetch({ posts: Incoming(Post.objects.orderBy('title').limit(3), 'author') })
 * ```
 * ```surql
 * SELECT *, [`author`] AS `$owners` FROM `incoming_post` WHERE (`author` IN $p0) ORDER BY `title` ASC LIMIT $p1
 * ```
 */
export function Incoming<Model, Row, const By extends PathName<Model>>(
  queryset: QueryBuilder<Model, Row>,
  by: By & CheckLinks<Model, readonly [By]>[0],
): IncomingRows<Row> {
  return new IncomingRows(queryset, by)
}
